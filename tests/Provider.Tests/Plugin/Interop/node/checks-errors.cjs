"use strict";

const grpc = require("@grpc/grpc-js");
const provider = require("@pulumi/pulumi/proto/provider_pb");
const { Status } = require("@pulumi/pulumi/proto/status_pb");
const { assert, rpc, toStruct } = require("./values.cjs");

function create(inputs) {
  const request = new provider.CreateRequest();
  request.setProperties(toStruct(inputs));
  return request;
}

function detailOf(error) {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  const status = Status.deserializeBinary(bytes);
  const [detail] = status.getDetailsList();
  assert.equal(detail.getTypeName(), "pulumirpc.ErrorResourceInitFailed");
  const read = provider.ErrorResourceInitFailed.deserializeBinary;
  return { status, init: detail.unpack(read, "pulumirpc.ErrorResourceInitFailed") };
}

const codes = {
  FailedPrecondition: grpc.status.FAILED_PRECONDITION,
  InvalidArgument: grpc.status.INVALID_ARGUMENT,
  Unavailable: grpc.status.UNAVAILABLE,
  Unauthenticated: grpc.status.UNAUTHENTICATED,
  PermissionDenied: grpc.status.PERMISSION_DENIED,
  Cancelled: grpc.status.CANCELLED,
  DeadlineExceeded: grpc.status.DEADLINE_EXCEEDED,
  Unimplemented: grpc.status.UNIMPLEMENTED,
  Unknown: grpc.status.UNKNOWN,
};

module.exports = {
  "every error has its code and message": async ({ plugin }) => {
    for (const [error, code] of Object.entries(codes)) {
      const failure = await plugin.fail("create", create({ error, message: `because of ${error}` }));
      assert.deepEqual([failure.code, failure.details], [code, `because of ${error}`]);
    }
  },

  "a message of any text arrives": async ({ plugin }) => {
    for (const message of ["100 % of\nlines, Grüße 世界 😀", "%41", "x".repeat(5000)]) {
      assert.equal((await plugin.fail("create", create({ error: "InvalidArgument", message }))).details, message);
    }
  },

  "a partial state arrives in the details": async ({ plugin }) => {
    const inputs = { partial: "z/cl-1", password: { [rpc.specialSigKey]: rpc.specialSecretSig, value: "p" } };
    const error = await plugin.fail("create", create(inputs));
    assert.equal(error.code, grpc.status.UNKNOWN);
    assert.equal(error.details, "It is not ready. Run it again.");
    const { status, init } = detailOf(error);
    assert.equal(status.getCode(), grpc.status.UNKNOWN);
    assert.equal(init.getId(), "z/cl-1");
    assert.deepEqual(init.getReasonsList(), ["It is not ready.", "Run it again."]);
    assert.deepEqual(init.getProperties().toJavaScript(), inputs);
    assert.deepEqual(init.getInputs().toJavaScript(), inputs);
    assert.ok(init.getRefreshBeforeUpdate());
  },

  "a partial state of any length is padded rightly": async ({ plugin }) => {
    for (let length = 0; length < 6; length++) {
      const { init } = detailOf(await plugin.fail("create", create({ partial: "i".repeat(length + 1) })));
      assert.equal(init.getId().length, length + 1);
    }
  },

  "what was not expected asks for a report": async ({ plugin }) => {
    const error = await plugin.fail("create", create({ crash: "boom" }));
    assert.equal(error.code, grpc.status.UNKNOWN);
    assert.match(error.details, /report/);
    assert.match(error.details, /System\.InvalidOperationException: boom/);
    assert.doesNotMatch(error.details, /\n|   at /);
  },
};
