// Runs all checks against one plugin and prints their results as JSON: { name: null or what went wrong }.
// Usage: node run.cjs COMMAND [ARGUMENT...]    the plugin's program and its leading arguments
"use strict";

const { Engine } = require("./engine.cjs");
const { Plugin } = require("./plugin.cjs");

const checks = {
  ...require("./checks-values.cjs"),
  ...require("./checks-calls.cjs"),
  ...require("./checks-errors.cjs"),
  ...require("./checks-process.cjs"),
};

const limit = 60_000;

// A check that never ends is a check that failed, and must not take the others with it.
function within(name, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name}: no end after ${limit / 1000} s`)), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function main(command) {
  const started = [];
  const start = async (args, stdin) => {
    const plugin = await Plugin.start(command, args, stdin);
    started.push(plugin);
    return plugin;
  };
  const engine = await new Engine().start();
  const context = { engine, start, plugin: await start([engine.address]) };
  const results = {};
  try {
    for (const [name, check] of Object.entries(checks)) {
      try {
        await within(name, check(context));
        results[name] = null;
      } catch (error) {
        results[name] = error.stack ?? String(error);
      }
    }
  } finally {
    for (const plugin of started) {
      plugin.process.kill("SIGKILL");
    }
    engine.stop();
  }
  process.stdout.write(JSON.stringify(results), () => process.exit(0));
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
