// Checks that start or end processes of their own.
"use strict";

const http2 = require("node:http2");
const net = require("node:net");
const grpc = require("@grpc/grpc-js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const provider = require("@pulumi/pulumi/proto/provider_pb");
const { assert, toStruct } = require("./values.cjs");

const urn = "urn:pulumi:s::p::echo:index:Thing::n";

function create(inputs) {
  const request = new provider.CreateRequest();
  request.setUrn(urn);
  request.setProperties(toStruct(inputs));
  return request;
}

async function waiting(plugin, number) {
  const request = new provider.InvokeRequest();
  request.setTok("echo:index:counts");
  for (let i = 0; i < 10000; i++) {
    const counts = (await plugin.call("invoke", request)).getReturn().toJavaScript();
    if (counts.waiting === number) {
      return;
    }
  }
  throw new Error("the operations never began");
}

module.exports = {
  "log messages arrive in order before the answer": async ({ plugin, engine }) => {
    engine.logged.length = 0;
    await plugin.call("create", create({ log: 60 }));
    assert.deepEqual(engine.logged.map((entry) => entry.message), Array.from({ length: 60 }, (_, i) => `line ${i}`));
    assert.deepEqual(
      engine.logged.slice(0, 3).map(({ severity, ephemeral, urn: of }) => ({ severity, ephemeral, of })),
      [
        { severity: 1, ephemeral: false, of: urn },
        { severity: 1, ephemeral: true, of: urn },
        { severity: 2, ephemeral: false, of: urn },
      ],
    );
  },

  "an engine that is not there fails no operation": async ({ start }) => {
    const plugin = await start(["127.0.0.1:1"]);
    assert.equal((await plugin.call("create", create({ log: 5 }))).getId(), "echo-1");
    assert.deepEqual(await plugin.stop(), { code: 0, signal: null });
  },

  "without an engine's address it serves until one attaches": async ({ start, engine }) => {
    const plugin = await start([]);
    await plugin.call("create", create({ log: 3 }));
    const handshake = new provider.ProviderHandshakeRequest();
    handshake.setEngineAddress(engine.address);
    await plugin.call("handshake", handshake);
    engine.logged.length = 0;
    await plugin.call("create", create({ log: 3 }));
    assert.equal(engine.logged.length, 3);
    assert.deepEqual(await plugin.stop(), { code: 0, signal: null });
  },

  "flags of the engine are ignored": async ({ start, engine }) => {
    const plugin = await start(["--logtostderr", "-v=9", "--tracing", "http://127.0.0.1:9/x", engine.address]);
    engine.logged.length = 0;
    await plugin.call("create", create({ log: 1 }));
    assert.equal(engine.logged.length, 1);
    assert.deepEqual(await plugin.stop(), { code: 0, signal: null });
  },

  "the port is the only line on standard output": async ({ start, engine }) => {
    const plugin = await start([engine.address]);
    await plugin.call("create", create({}));
    await plugin.stop();
    assert.equal(plugin.lines.length, 1);
    assert.match(plugin.lines[0], /^\d+$/);
  },

  "cancel ends every operation, which answers its partial state": async ({ start, engine }) => {
    const plugin = await start([engine.address]);
    const failures = Array.from({ length: 100 }, () => plugin.fail("create", create({ wait: "partial" })));
    await waiting(plugin, 100);
    await plugin.call("cancel", new Empty());
    for (const failure of await Promise.all(failures)) {
      assert.equal(failure.details, "It was cancelled on its way.");
      assert.equal(failure.metadata.get("grpc-status-details-bin").length, 1);
    }
    assert.equal((await plugin.fail("create", create({}))).code, grpc.status.CANCELLED);
    assert.deepEqual(await plugin.stop(), { code: 0, signal: null });
  },

  "cancel and SIGINT end an idle plugin with code 0": async ({ start, engine }) => {
    const plugin = await start([engine.address]);
    await plugin.call("cancel", new Empty());
    const begun = process.hrtime.bigint();
    assert.deepEqual(await plugin.stop("SIGINT"), { code: 0, signal: null });
    assert.ok(process.hrtime.bigint() - begun < 5_000_000_000n, "the engine would have killed it");
  },

  "an operation that will not stop does not keep the plugin beyond the engine's patience": async (context) => {
    const { start, engine } = context;
    const plugin = await start([engine.address]);
    const failure = plugin.fail("create", create({ wait: "stubbornly" }));
    await waiting(plugin, 1);
    const begun = process.hrtime.bigint();
    plugin.process.kill("SIGINT");
    assert.deepEqual(await plugin.exit, { code: 0, signal: null });
    assert.ok(process.hrtime.bigint() - begun < 5_000_000_000n, "the engine would have killed it");
    await failure;
  },

  "SIGTERM ends a plugin at work with code 0, and its operation answers": async ({ start, engine }) => {
    const plugin = await start([engine.address]);
    const failure = plugin.fail("create", create({ wait: "partial" }));
    await waiting(plugin, 1);
    plugin.process.kill("SIGTERM");
    assert.equal((await failure).details, "It was cancelled on its way.");
    assert.deepEqual(await plugin.exit, { code: 0, signal: null });
  },

  "the end of standard input ends a plugin at work with code 0": async ({ start, engine }) => {
    const plugin = await start([engine.address]);
    const failure = plugin.fail("create", create({ wait: "partial" }));
    await waiting(plugin, 1);
    plugin.process.stdin.end();
    assert.equal((await failure).details, "It was cancelled on its way.");
    assert.deepEqual(await plugin.exit, { code: 0, signal: null });
  },

  "a null device as standard input does not end it": async ({ start, engine }) => {
    const plugin = await start([engine.address], "ignore");
    await plugin.call("create", create({}));
    await plugin.call("create", create({}));
    assert.equal(plugin.process.exitCode, null);
    assert.deepEqual(await plugin.stop(), { code: 0, signal: null });
  },

  "an empty path and other nonsense harm nobody": async ({ plugin }) => {
    const session = http2.connect(`http://127.0.0.1:${plugin.port}`);
    await new Promise((resolve) => {
      const headers = { ":method": "POST", ":path": "", "content-type": "application/grpc", te: "trailers" };
      const stream = session.request(headers);
      stream.on("error", resolve);
      stream.on("close", resolve);
      stream.end();
    });
    session.close();
    await new Promise((resolve) => {
      const socket = net.connect(plugin.port, "127.0.0.1");
      socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      socket.on("close", resolve);
      socket.on("error", resolve);
      socket.resume();
    });
    assert.equal((await plugin.call("create", create({}))).getId(), "echo-1");
  },
};
