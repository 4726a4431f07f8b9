import { createRoot } from 'react-dom/client';
import { chooseCashierLink } from '../link/choose.ts';
import { Unpaired } from '../shared/unpaired.tsx';
import { CashierApp } from './app.tsx';

const link = chooseCashierLink();
const place = document.getElementById('root');
if (place !== null) createRoot(place).render(link === null ? <Unpaired /> : <CashierApp link={link} />);
