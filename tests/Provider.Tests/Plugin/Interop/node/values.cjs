// Values as Pulumi's Node.js SDK writes and reads them.
"use strict";

const assert = require("node:assert/strict");
const pulumi = require("@pulumi/pulumi");
const rpc = require("@pulumi/pulumi/runtime/rpc");
const { getStore } = require("@pulumi/pulumi/runtime/state");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");

Object.assign(getStore(), { supportsSecrets: true, supportsResourceReferences: true, supportsOutputValues: true });

const toStruct = (value) => Struct.fromJavaScript(value);

// Serialises inputs as the SDK does for a resource's registration.
const serialize = async (inputs, keepOutputValues = false) =>
  rpc.serializeProperties("interop", inputs, { keepOutputValues });

function unknown() {
  return new pulumi.Output(
    new Set(),
    Promise.resolve(undefined),
    Promise.resolve(false),
    Promise.resolve(false),
    Promise.resolve(new Set()),
  );
}

module.exports = { assert, pulumi, rpc, serialize, toStruct, unknown };
