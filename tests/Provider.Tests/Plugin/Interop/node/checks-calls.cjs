"use strict";

const grpc = require("@grpc/grpc-js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const plugins = require("@pulumi/pulumi/proto/plugin_pb");
const provider = require("@pulumi/pulumi/proto/provider_pb");
const { assert, toStruct } = require("./values.cjs");

const urn = "urn:pulumi:s::p::echo:index:Thing::n";

function create(inputs) {
  const request = new provider.CreateRequest();
  request.setUrn(urn);
  request.setProperties(toStruct(inputs));
  return request;
}

async function counts(plugin) {
  const request = new provider.InvokeRequest();
  request.setTok("echo:index:counts");
  const answer = await plugin.call("invoke", request);
  return answer.getReturn().toJavaScript();
}

// Asks again and again; each answer takes a call, so that this waits for an event and not for a time.
async function until(plugin, isSo) {
  for (let i = 0; i < 10000; i++) {
    if (isSo(await counts(plugin))) {
      return;
    }
  }
  throw new Error(`it never came to pass: ${JSON.stringify(await counts(plugin))}`);
}

function list(plugin, limit, query = {}) {
  const request = new provider.ListRequest();
  request.setToken("echo:index:Thing");
  request.setLimit(limit);
  request.setQuery(toStruct(query));
  const stream = plugin.client.list(request);
  const answers = [];
  stream.on("data", (answer) => answers.push(answer.toObject()));
  const end = new Promise((resolve) => {
    stream.on("error", (error) => resolve({ answers, error }));
    stream.on("end", () => resolve({ answers }));
  });
  return { stream, end };
}

module.exports = {
  "handshake reports what is accepted": async ({ plugin, engine }) => {
    const request = new provider.ProviderHandshakeRequest();
    request.setEngineAddress(engine.address);
    const answer = (await plugin.call("handshake", request)).toObject();
    assert.ok(answer.acceptSecrets && answer.acceptResources && answer.acceptOutputs);
  },

  "configure takes values and agrees with the handshake": async ({ plugin }) => {
    const request = new provider.ConfigureRequest();
    request.setArgs(toStruct({ zone: "pek3a", list: [1] }));
    const answer = (await plugin.call("configure", request)).toObject();
    assert.ok(answer.acceptsecrets && answer.acceptresources && answer.acceptoutputs && answer.supportspreview);
    assert.deepEqual((await counts(plugin)).configuration, { zone: "pek3a", list: [1] });
  },

  "version and schema are reported": async ({ plugin }) => {
    assert.equal((await plugin.call("getPluginInfo", new Empty())).getVersion(), "0.0.1-echo");
    const schema = (await plugin.call("getSchema", new provider.GetSchemaRequest())).getSchema();
    assert.deepEqual(JSON.parse(schema), { name: "echo", description: "Grüße, 世界" });
  },

  "attach is answered": async ({ plugin, engine }) => {
    const request = new plugins.PluginAttach();
    request.setAddress(engine.address);
    await plugin.call("attach", request);
  },

  "diff answers agree with each other": async ({ plugin }) => {
    const request = new provider.DiffRequest();
    request.setOldInputs(toStruct({ id: 1, name: "a", gone: true, ignored: 1 }));
    request.setNews(toStruct({ id: 2, name: "b", fresh: true, ignored: 2 }));
    request.setIgnorechangesList(["ignored"]);
    const answer = (await plugin.call("diff", request)).toObject();
    assert.equal(answer.changes, provider.DiffResponse.DiffChanges.DIFF_SOME);
    assert.deepEqual(answer.replacesList, ["id"]);
    assert.deepEqual(answer.diffsList.sort(), ["fresh", "gone", "id", "name"]);
    assert.ok(answer.hasdetaileddiff && answer.deletebeforereplace);
    const kinds = Object.fromEntries(answer.detaileddiffMap.map(([path, diff]) => [path, diff.kind]));
    const Kind = provider.PropertyDiff.Kind;
    assert.deepEqual(kinds, { fresh: Kind.ADD, gone: Kind.DELETE, id: Kind.UPDATE_REPLACE, name: Kind.UPDATE });
  },

  "create, read, update and delete answer": async ({ plugin }) => {
    const created = await plugin.call("create", create({ a: 1 }));
    assert.equal(created.getId(), "echo-1");
    assert.deepEqual(created.getProperties().toJavaScript(), { a: 1 });

    const read = new provider.ReadRequest();
    read.setId("echo-1");
    read.setInputs(toStruct({ b: 2 }));
    assert.deepEqual((await plugin.call("read", read)).getInputs().toJavaScript(), { b: 2 });

    const update = new provider.UpdateRequest();
    update.setNews(toStruct({ c: 3 }));
    update.setTimeout(90);
    assert.deepEqual((await plugin.call("update", update)).getProperties().toJavaScript(), { c: 3, timeout: 90 });

    await plugin.call("delete", new provider.DeleteRequest());
  },

  "what is gone reads without an id": async ({ plugin }) => {
    const read = new provider.ReadRequest();
    read.setId("gone");
    assert.equal((await plugin.call("read", read)).getId(), "");
  },

  "a thousand calls run at once": async ({ plugin }) => {
    const numbers = Array.from({ length: 1000 }, (_, i) => i);
    const answers = await Promise.all(numbers.map((i) => plugin.call("create", create({ i }))));
    assert.deepEqual(answers.map((answer) => answer.getProperties().toJavaScript().i), numbers);
  },

  "a request of fifteen megabytes passes": async ({ plugin }) => {
    const text = "x".repeat(15 * 1024 * 1024);
    const answer = await plugin.call("create", create({ text }));
    assert.equal(answer.getProperties().toJavaScript().text.length, text.length);
  },

  "a request of twenty megabytes is refused": async ({ plugin }) => {
    const error = await plugin.fail("create", create({ text: "x".repeat(20 * 1024 * 1024) }));
    assert.equal(error.code, grpc.status.RESOURCE_EXHAUSTED);
    assert.match(error.details, /exceeds the maximum/);
  },

  "an answer of sixty megabytes passes": async ({ plugin }) => {
    const large = 60 * 1024 * 1024;
    const answer = await plugin.call("create", create({ large }));
    assert.equal(answer.getProperties().toJavaScript().text.length, large);
  },

  "gzip requests are read": async ({ plugin }) => {
    const client = plugin.connect({ "grpc.default_compression_algorithm": 2 });
    const answer = await plugin.call("create", create({ text: "z".repeat(100000) }), { client });
    assert.equal(answer.getProperties().toJavaScript().text.length, 100000);
    client.close();
  },

  "a deadline ends a call and its operation": async ({ plugin }) => {
    const before = (await counts(plugin)).cancelled ?? 0;
    const error = await plugin.fail("create", create({ wait: "" }), { options: { deadline: Date.now() + 100 } });
    assert.equal(error.code, grpc.status.DEADLINE_EXCEEDED);
    await until(plugin, (now) => now.cancelled === (now.waiting ?? 0) && now.cancelled >= before);
  },

  "a client's cancellation ends a call and its operation": async ({ plugin }) => {
    const before = await counts(plugin);
    let call;
    const failure = plugin.fail("create", create({ wait: "" }), { onCall: (begun) => (call = begun) });
    await until(plugin, (now) => now.waiting === (before.waiting ?? 0) + 1);
    call.cancel();
    assert.equal((await failure).code, grpc.status.CANCELLED);
    await until(plugin, (now) => now.cancelled === (before.cancelled ?? 0) + 1);
  },

  "list streams its resources": async ({ plugin }) => {
    const { answers, error } = await list(plugin, 500).end;
    assert.ifError(error);
    assert.equal(answers.length, 501);
    assert.deepEqual(answers[499].result, { id: "id-499", name: "name 499" });
    assert.equal(answers[500].continuation.continuationToken, "next");
  },

  "list reports its error after what it found": async ({ plugin }) => {
    const { answers, error } = await list(plugin, 3, { error: "Unavailable", message: "later" }).end;
    assert.equal(answers.length, 3);
    assert.equal(error.code, grpc.status.UNAVAILABLE);
    assert.equal(error.details, "later");
  },

  "a list left by its client ends": async ({ plugin }) => {
    const before = await counts(plugin);
    const { stream, end } = list(plugin, 1, { wait: "" });
    await until(plugin, (now) => now.waiting === (before.waiting ?? 0) + 1);
    stream.cancel();
    assert.equal((await end).error.code, grpc.status.CANCELLED);
    await until(plugin, (now) => now.cancelled === (before.cancelled ?? 0) + 1);
  },

  "construct, call, parameterize and mappings are unimplemented": async ({ plugin }) => {
    for (const [method, request] of [
      ["construct", new provider.ConstructRequest()],
      ["call", new provider.CallRequest()],
      ["parameterize", new provider.ParameterizeRequest()],
      ["getMapping", new provider.GetMappingRequest()],
      ["getMappings", new provider.GetMappingsRequest()],
    ]) {
      assert.equal((await plugin.fail(method, request)).code, grpc.status.UNIMPLEMENTED, method);
    }
  },

  "a method with an empty name is unimplemented": async ({ plugin }) => {
    for (const path of ["/", "/pulumirpc.ResourceProvider/"]) {
      const code = await new Promise((resolve) =>
        plugin.client.makeUnaryRequest(path, () => Buffer.alloc(0), (x) => x, {}, (error) => resolve(error?.code)),
      );
      assert.equal(code, grpc.status.UNIMPLEMENTED, path);
    }
  },
};
