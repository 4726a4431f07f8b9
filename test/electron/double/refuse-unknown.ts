/** What Electron has and the double has not is an error with its name, never a silent `undefined`. */

export class NotInDoubleError extends Error {
  override readonly name = 'NotInDoubleError';
}

/** The same object; asking it for something that it has not throws `NotInDoubleError`. */
export function refuseUnknown<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(from, key) {
      if (typeof key === 'symbol' || key in from || key === 'then' || key === 'toJSON') {
        const found: unknown = Reflect.get(from, key, from);
        // Private fields are the object's own: its methods are called on it and not on this proxy.
        return typeof found === 'function' ? found.bind(from) : found;
      }
      throw new NotInDoubleError(`The double has no ${name}.${key}. Add it to test/electron/double/.`);
    },
  });
}
