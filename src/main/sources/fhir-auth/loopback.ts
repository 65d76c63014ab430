/** Whether what is sent to an address cannot leave this computer. Only literal addresses and the name that RFC 6761 6.3 keeps for them. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
