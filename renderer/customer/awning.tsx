/** An odd number, so that it ends as it begins. */
const STRIPES = Array.from({ length: 15 }, (_, index) => `stripe-${index}`);

/** The shop's own roof over the screen: drawn, not said. */
export function Awning() {
  return (
    <div className="awning" aria-hidden="true">
      {STRIPES.map((stripe) => (
        <i key={stripe} />
      ))}
    </div>
  );
}
