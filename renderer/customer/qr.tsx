import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CustomerQr } from '../../app/till/contract.ts';
import { qrPath } from '../shared/qr-path.ts';
import { drawnSizePx, pictureSize } from './qr-size.ts';

interface QrProps {
  readonly qr: CustomerQr;
  readonly label: string;
}

/** The provider's picture as it came, or the code drawn here: level M, quiet zone 4, whole pixels a module. Always on white. */
export function Qr({ qr, label }: QrProps) {
  const box = useRef<HTMLDivElement>(null);
  const [boxPx, setBoxPx] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setBoxPx(Math.floor(Math.min(element.clientWidth, element.clientHeight)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="qr-box" ref={box}>
      {boxPx === 0 ? null : qr.kind !== 'draw' ? (
        <Picture qr={qr} label={label} boxPx={boxPx} />
      ) : (
        <Drawing text={qr.text} label={label} boxPx={boxPx} />
      )}
    </div>
  );
}

interface PictureProps {
  readonly qr: Exclude<CustomerQr, { readonly kind: 'draw' }>;
  readonly label: string;
  readonly boxPx: number;
}

function Picture({ qr, label, boxPx }: PictureProps) {
  const [naturalPx, setNaturalPx] = useState(0);
  // Vectors are sharp at any size.
  const { sizePx, pixelated } = pictureSize(boxPx, qr.kind === 'svg' ? 0 : naturalPx, window.devicePixelRatio);
  return (
    <img
      className="qr"
      src={qr.dataUrl}
      alt={label}
      width={sizePx}
      height={sizePx}
      style={{ imageRendering: pixelated ? 'pixelated' : 'auto' }}
      onLoad={(event) => setNaturalPx(event.currentTarget.naturalWidth)}
    />
  );
}

interface DrawingProps {
  readonly text: string;
  readonly label: string;
  readonly boxPx: number;
}

function Drawing({ text, label, boxPx }: DrawingProps) {
  const { modules, path } = useMemo(() => qrPath(text), [text]);
  const sizePx = drawnSizePx(boxPx, modules, window.devicePixelRatio);
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      width={sizePx}
      height={sizePx}
      viewBox={`0 0 ${modules} ${modules}`}
      shapeRendering="crispEdges"
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
