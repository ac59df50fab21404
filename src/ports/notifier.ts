/** The way out to people. Each platform is one notifier. */
import type { Notice } from "../domain/notice.ts";

export type Delivery =
  | { readonly outcome: "sent" }
  /** Nobody of this user is reachable here. */
  | { readonly outcome: "no-address" }
  | { readonly outcome: "retry"; readonly afterMs: number; readonly error: string }
  | { readonly outcome: "refused"; readonly error: string };

export interface Notifier {
  deliver(notice: Notice): Promise<Delivery>;
}
