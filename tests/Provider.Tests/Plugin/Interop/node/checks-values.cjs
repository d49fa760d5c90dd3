"use strict";

const { assert, pulumi, rpc, serialize, toStruct, unknown } = require("./values.cjs");
const provider = require("@pulumi/pulumi/proto/provider_pb");

const sig = rpc.specialSigKey;

// Sends a value through Check and gives what came back.
async function echo({ plugin }, value) {
  const request = new provider.CheckRequest();
  request.setUrn("urn:pulumi:s::p::echo:index:Thing::n");
  request.setNews(toStruct(value));
  const answer = await plugin.call("check", request);
  return answer.getInputs();
}

async function comesBack(context, value) {
  assert.deepEqual((await echo(context, value)).toJavaScript(), value);
}

module.exports = {
  "plain values come back": (context) =>
    comesBack(context, {
      a: null, b: true, c: -1.5, d: "Grüße, 世界 😀", e: [1, "two", [false]], f: { g: { h: {} } }, "": "", "x.y": [],
    }),

  "a secret of the SDK comes back as one": async (context) => {
    const inputs = await serialize({ password: pulumi.secret("hush"), nested: { list: [pulumi.secret({ deep: 1 })] } });
    assert.equal(inputs.password[sig], rpc.specialSecretSig);
    const back = await echo(context, inputs);
    assert.deepEqual(back.toJavaScript(), inputs);
    const read = rpc.deserializeProperties(back);
    assert.ok(rpc.isRpcSecret(read.password));
    assert.equal(rpc.unwrapRpcSecret(read.password), "hush");
  },

  "an output value of the SDK comes back as one": async (context) => {
    const inputs = await serialize({ a: pulumi.output("known"), b: pulumi.secret(7) }, true);
    assert.equal(inputs.a[sig], rpc.specialOutputValueSig);
    await comesBack(context, inputs);
  },

  "an unknown output value comes back without a value": async (context) => {
    const inputs = await serialize({ a: unknown() }, true);
    assert.deepEqual(inputs, { a: { [sig]: rpc.specialOutputValueSig } });
    await comesBack(context, inputs);
  },

  "an unknown of the SDK comes back unknown": async (context) => {
    const inputs = await serialize({ a: unknown(), b: [unknown()] });
    assert.deepEqual(inputs, { a: rpc.unknownValue, b: [rpc.unknownValue] });
    const back = await echo(context, inputs);
    const read = rpc.deserializeProperties(back, true);
    assert.ok(pulumi.isUnknown(read.a) && pulumi.isUnknown(read.b[0]));
  },

  "a resource reference comes back whole": (context) =>
    comesBack(context, {
      r: { [sig]: rpc.specialResourceSig, urn: "urn:pulumi:s::p::t::n", id: "i-1", packageVersion: "1.0.0" },
    }),

  "assets and archives of the SDK come back": async (context) => {
    const inputs = await serialize({
      text: new pulumi.asset.StringAsset("content"),
      all: new pulumi.asset.AssetArchive({ a: new pulumi.asset.StringAsset("b") }),
    });
    assert.equal(inputs.text[sig], rpc.specialAssetSig);
    assert.equal(inputs.all[sig], rpc.specialArchiveSig);
    await comesBack(context, inputs);
  },

  "values nested thirty deep come back": async (context) => {
    let value = "core";
    for (let i = 0; i < 30; i++) {
      value = i % 2 ? { deeper: value } : [value];
    }
    await comesBack(context, { value });
  },

  "values nested ten thousand deep are refused": async (context) => {
    const { plugin } = context;
    // Written by hand: the stubs themselves would recurse. Each level is a Struct with one field.
    const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
    const parts = [];
    let length = 0;
    for (let i = 0; i < 10000; i++) {
      const inner = [0x2a, ...varint(length)];
      const value = [0x12, ...varint(inner.length + length)];
      const entry = [0x0a, ...varint(3 + value.length + inner.length + length), 0x0a, 1, 0x61];
      const part = Buffer.from([...entry, ...value, ...inner]);
      parts.unshift(part);
      length += part.length;
    }
    const body = Buffer.concat([Buffer.from([0x1a, ...varint(length)]), ...parts]);
    const error = await new Promise((resolve, reject) =>
      plugin.client.makeUnaryRequest("/pulumirpc.ResourceProvider/Check", (x) => x, (x) => x, body, (failure) =>
        failure ? resolve(failure) : reject(new Error("it was accepted")),
      ),
    );
    assert.equal(error.code, 2);
    assert.match(error.details, /nest/);
    await comesBack(context, { still: "alive" });
  },

  "check failures come back": async ({ plugin }) => {
    const request = new provider.CheckRequest();
    request.setNews(toStruct({ reject: true }));
    const answer = await plugin.call("check", request);
    assert.deepEqual(answer.toObject().failuresList, [{ property: "reject", reason: "was asked for" }]);
  },
};
