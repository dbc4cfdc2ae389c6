import { isProblem } from "../api/problem";

/** The two refusals that everybody meets, in the house's own words. */
export function saidPlainly(error: unknown): never {
  if (isProblem(error, "wrong_credentials")) throw error.saying("That password doesn't match. Try again.");
  if (isProblem(error, "username_taken")) throw error.saying("That one's taken.");
  throw error;
}
