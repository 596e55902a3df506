/**
 * The target of the nth event: calls begin and end in turn, phone by phone. The event's number travels as the display name.
 */
export function targetOf(targets: readonly string[], number: number): string {
  const target = targets[number % targets.length] ?? '/';
  return target.replace('$call_id', String(Math.floor(number / 2))).replace('$display_remote', String(number));
}
