/** How the counter's devices are, while a page about them is open. */
import { useEffect, useRef, useState } from 'react';
import type { SettingsRequest } from '../../app/till/settings.ts';
import type { DevicesView } from '../../app/till/settings-devices.ts';
import { useSettings } from './use-section.ts';

type Look = Omit<Extract<SettingsRequest, { type: 'look' }>, 'type'>;

/** Something that is plugged in is seen within two seconds. */
const LOOK_EVERY_MS = 1_000;

/** Looks again and again, at what stands on the page now. `null` until the first look; a look that nobody answers changes nothing. */
export function useDevices(asked: Look): DevicesView | null {
  const { link } = useSettings();
  const [devices, setDevices] = useState<DevicesView | null>(null);
  const latest = useRef(asked);
  latest.current = asked;
  useEffect(() => {
    let stopped = false;
    let timer: number | undefined;
    const look = async () => {
      const { open } = latest.current;
      let answer = await link.ask({ type: 'look', ...latest.current });
      // Half a form is no device yet: its ports are listed all the same.
      if (!answer.ok) answer = await link.ask(open === undefined ? { type: 'look' } : { type: 'look', open });
      if (!stopped && answer.ok && answer.type === 'devices') setDevices(answer.devices);
    };
    const again = () => {
      look()
        .catch(() => {})
        .finally(() => {
          if (!stopped) timer = window.setTimeout(again, LOOK_EVERY_MS);
        });
    };
    again();
    return () => {
      stopped = true;
      window.clearTimeout(timer);
    };
  }, [link]);
  return devices;
}
