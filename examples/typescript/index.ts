import * as pulumi from "@pulumi/pulumi";
import { getStandbyHealth, StandbyReplication } from "./standbyReplication";

const config = new pulumi.Config();

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
    },
    { customTimeouts: { create: "6h" } },
);

export const state = link.state;
export const jobId = link.jobId;
export const startedAt = link.startedAt;

// pulumi config set showHealth true: a look at whether data arrives needs credentials, in previews too.
export const health = config.getBoolean("showHealth")
    ? getStandbyHealth({ clusterId: "cl-ouhutv70", zone: "sh1a" })
    : null;
