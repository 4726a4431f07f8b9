import { createRoot } from 'react-dom/client';
import { takeToken } from '../link/token.ts';
import { Unpaired } from '../shared/unpaired.tsx';
import { PrinterApp } from './app.tsx';
import { openPrinter, withToken } from './printer-service.ts';

const token = takeToken('printer');
const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    token === null ? <Unpaired /> : <PrinterApp printer={openPrinter(token)} picture={(address) => withToken(address, token)} />,
  );
}
