// Starts the plugin's process as the engine does, and calls it through Pulumi's own stubs.
"use strict";

const { spawn } = require("node:child_process");
const readline = require("node:readline");
const grpc = require("@grpc/grpc-js");
const { ResourceProviderClient } = require("@pulumi/pulumi/proto/provider_grpc_pb");

const maxMessage = 400 * 1024 * 1024;

class Plugin {
  constructor(process, port, lines) {
    this.process = process;
    this.port = port;
    this.lines = lines;
    this.exit = new Promise((resolve) => process.on("exit", (code, signal) => resolve({ code, signal })));
    this.client = this.connect();
  }

  // `command` is the program and its leading arguments.
  static async start(command, args, stdin = "pipe") {
    const child = spawn(command[0], [...command.slice(1), ...args], {
      stdio: [stdin, "pipe", "inherit"],
    });
    const lines = [];
    const port = await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (code) => reject(new Error(`the plugin ended with ${code} before it printed its port`)));
      readline.createInterface({ input: child.stdout }).on("line", (line) => {
        lines.push(line);
        resolve(line);
      });
    });
    return new Plugin(child, port, lines);
  }

  connect(options = {}) {
    return new ResourceProviderClient(`127.0.0.1:${this.port}`, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": maxMessage,
      "grpc.max_send_message_length": maxMessage,
      "grpc.use_local_subchannel_pool": 1,
      ...options,
    });
  }

  // Calls a unary method; the call itself is given to `onCall`, which may cancel it.
  call(method, request, { options = {}, onCall, client = this.client } = {}) {
    return new Promise((resolve, reject) => {
      const call = client[method](request, new grpc.Metadata(), options, (error, answer) =>
        error ? reject(error) : resolve(answer),
      );
      onCall?.(call);
    });
  }

  // Fails as it should, or not at all.
  async fail(method, request, how) {
    let answer;
    try {
      answer = await this.call(method, request, how);
    } catch (error) {
      return error;
    }
    throw new Error(`${method} should have failed, and answered ${JSON.stringify(answer.toObject())}`);
  }

  async stop(signal = "SIGINT") {
    this.client.close();
    this.process.kill(signal);
    return this.exit;
  }
}

module.exports = { Plugin };
