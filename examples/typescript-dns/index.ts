import { execFileSync } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";
import { StandbyReplication } from "./standbyReplication";

const config = new pulumi.Config();
const name = config.require("dnsName");
const address = config.require("standbyAddress");

// Runs after an update of orders-dr has succeeded, and never in a preview. An error fails no promotion: Pulumi only warns
// of it. To set the same address again changes nothing, so that the hook may run twice.
const pointAtTheNewPrimary = new pulumi.ResourceHook("point-at-the-new-primary", args => {
    if (args.newOutputs?.state !== "promoted") {
        return;
    }

    const update = ["update delete " + name + " A", "update add " + name + " 60 A " + address, "send", ""].join("\n");
    execFileSync(config.get("dnsCommand") ?? "nsupdate", config.getObject<string[]>("dnsArguments") ?? [], {
        input: update,
        stdio: ["pipe", "inherit", "inherit"],
    });
});

const link = new StandbyReplication(
    "orders-dr",
    {
        clusterId: "cl-ouhutv70",
        zone: "sh1a",
        syncWay: "full",
        source: {
            clusterId: "cl-9np7ig3g",
            zone: "pek3a",
            host: "192.168.0.232",
            user: "migrate_user",
            password: config.requireSecret("sourcePassword"),
        },
        promoted: config.getBoolean("promoted") ?? false,
    },
    { customTimeouts: { create: "6h" }, hooks: { afterUpdate: [pointAtTheNewPrimary] } },
);

export const state = link.state;
