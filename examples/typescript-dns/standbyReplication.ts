import * as pulumi from "@pulumi/pulumi";

/** What this program sets of a StandbyReplication; `schema.json` describes every input. */
export interface StandbyReplicationArgs {
    clusterId: pulumi.Input<string>;
    zone: pulumi.Input<string>;
    syncWay: pulumi.Input<"full" | "increment">;
    source: pulumi.Input<{
        clusterId: pulumi.Input<string>;
        zone: pulumi.Input<string>;
        host: pulumi.Input<string>;
        user: pulumi.Input<string>;
        password: pulumi.Input<string>;
    }>;
    promoted?: pulumi.Input<boolean>;
}

/** A link, without a generated SDK: a plain custom resource, with the outputs that this program uses. */
export class StandbyReplication extends pulumi.CustomResource {
    declare public readonly state: pulumi.Output<string>;
    declare public readonly jobId: pulumi.Output<string | undefined>;

    constructor(name: string, args: StandbyReplicationArgs, options?: pulumi.CustomResourceOptions) {
        const outputs = { state: undefined, jobId: undefined };
        super("qingcloud-mysql-standby:index:StandbyReplication", name, { ...args, ...outputs }, options);
    }
}
