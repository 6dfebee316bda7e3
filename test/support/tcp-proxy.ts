import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between the service and a server of its, to take it away. */
export interface TcpProxy {
  /** The server's URL, by way of the proxy. */
  readonly url: string;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Lets nothing through any more, though every connection stays open: what a network does that drops packets. */
  blackhole(): void;
  /** Lets connections through again, on the same port. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a proxy on loopback in front of the server that `target` names. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  let isSilent = false;
  const silence = (): void => {
    isSilent = true;
    for (const socket of sockets) socket.unpipe().pause();
  };
  const listen = async (at: number): Promise<Server> => {
    const server = createServer((client) => {
      const upstream = keep(connect(Number(port), hostname));
      keep(client).pipe(upstream).pipe(client);
      if (isSilent) silence();
      client.on('close', () => upstream.destroy());
      upstream.on('close', () => client.destroy());
    });
    await once(server.listen(at, '127.0.0.1'), 'listening');
    return server;
  };
  let server = await listen(0);
  const own = (server.address() as AddressInfo).port;
  const cut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(own);
  return {
    url: url.href,
    cut,
    blackhole: silence,
    mend: async () => {
      isSilent = false;
      server = await listen(own);
    },
    close: cut,
  };
}
