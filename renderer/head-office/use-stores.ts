/** The stores to choose from. */
import { useEffect, useState } from 'react';
import type { NamedStore } from '../../app/head-office/page-contract.ts';
import type { Told } from './office-link.ts';
import { useOffice } from './use-office.ts';

/** Every store of the chain, a page after the other; empty until they have come. */
export function useStores(): readonly NamedStore[] {
  const { link } = useOffice();
  const [stores, setStores] = useState<readonly NamedStore[]>([]);
  useEffect(() => {
    let isOver = false;
    const fetchAll = async () => {
      const found: NamedStore[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const told: Told<'stores'> = await link.ask('stores', after === '' ? {} : { after });
        if (!told.ok || isOver) return;
        found.push(...told.answer.stores.map(({ storeId, storeName }) => ({ storeId, storeName })));
        after = told.answer.next;
        setStores([...found]);
      }
    };
    void fetchAll();
    return () => {
      isOver = true;
    };
  }, [link]);
  return stores;
}

export const storeOptions = (stores: readonly NamedStore[], any: string) => [
  { value: '', label: any },
  ...stores.map(({ storeId, storeName }) => ({ value: storeId, label: storeName })),
];
