import type { Server } from "node:http";
import { connect } from "node:net";
import { pipeline } from "node:stream";
import { createWebSocketStream, type WebSocket, WebSocketServer } from "ws";

const PATHS: ReadonlySet<string> = new Set(["/v1", "/v2"]);

/**
 * The driver's WebSocket: bytes to and from Postgres. The `address` it asks for is ignored; a proxy that
 * obeyed it would reach anything on this machine for anyone.
 */
export function attachWsProxy(server: Server, target: { host: string; port: number }): void {
  const webSockets = new WebSocketServer({ noServer: true });
  webSockets.on("connection", (webSocket: WebSocket) => {
    const stream = createWebSocketStream(webSocket);
    const postgres = connect(target);
    pipeline(stream, postgres, stream, () => webSocket.close());
  });

  server.on("upgrade", (request, socket, head) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (!PATHS.has(pathname)) {
      socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => webSockets.emit("connection", webSocket));
  });
}
