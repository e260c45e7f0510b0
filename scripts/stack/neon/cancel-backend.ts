import { connect } from "node:net";
import type { PoolClient } from "pg";

const CANCEL_REQUEST_BYTES = 16;
const CANCEL_REQUEST_CODE = 80_877_102;

/**
 * Asks Postgres to cancel what this connection runs, by its own cancel message: that needs neither a password
 * nor a free connection slot.
 */
export function cancelBackend(client: PoolClient, target: { host: string; port: number }): void {
  const { processID, secretKey } = client as unknown as {
    processID: number | null;
    secretKey: number | null;
  };
  if (processID === null || secretKey === null) return;

  const message = Buffer.alloc(CANCEL_REQUEST_BYTES);
  message.writeInt32BE(CANCEL_REQUEST_BYTES, 0);
  message.writeInt32BE(CANCEL_REQUEST_CODE, 4);
  message.writeInt32BE(processID, 8);
  message.writeInt32BE(secretKey, 12);
  const socket = connect(target);
  socket.on("error", () => undefined);
  socket.end(message);
}
