/** Who is at the command line, where nobody says so. */
import { userInfo } from 'node:os';

/** The account's name on this machine. */
export function whoIsLoggedIn(): string {
  try {
    return userInfo().username;
  } catch {
    // A machine may run it for an account that has no name.
    return 'head-office';
  }
}
