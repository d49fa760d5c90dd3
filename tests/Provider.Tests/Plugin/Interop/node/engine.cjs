// The engine's side of the log, served by Pulumi's own stubs.
"use strict";

const grpc = require("@grpc/grpc-js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const { EngineService } = require("@pulumi/pulumi/proto/engine_grpc_pb");

class Engine {
  constructor() {
    this.logged = [];
    this.server = new grpc.Server();
    const unimplemented = (call, answer) => answer({ code: grpc.status.UNIMPLEMENTED });
    const service = Object.fromEntries(Object.keys(EngineService).map((name) => [name, unimplemented]));
    service.log = (call, answer) => {
      this.logged.push(call.request.toObject());
      answer(null, new Empty());
    };
    this.server.addService(EngineService, service);
  }

  async start() {
    const port = await new Promise((resolve, reject) =>
      this.server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    this.address = `127.0.0.1:${port}`;
    return this;
  }

  stop() {
    this.server.forceShutdown();
  }
}

module.exports = { Engine };
