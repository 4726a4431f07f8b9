import { createRoot } from 'react-dom/client';
import { chooseCustomerLink } from '../link/choose.ts';
import { Unpaired } from '../shared/unpaired.tsx';
import { CustomerApp } from './app.tsx';

const link = chooseCustomerLink();
const place = document.getElementById('root');
if (place !== null) createRoot(place).render(link === null ? <Unpaired /> : <CustomerApp link={link} />);
