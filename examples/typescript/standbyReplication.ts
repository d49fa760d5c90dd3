import * as pulumi from "@pulumi/pulumi";

/** What StandbyReplication takes; `schema.json` describes each. */
export interface StandbyReplicationArgs {
    clusterId: pulumi.Input<string>;
    zone?: pulumi.Input<string>;
    role?: pulumi.Input<string>;
    syncWay: pulumi.Input<"full" | "increment">;
    source: pulumi.Input<{
        clusterId: pulumi.Input<string>;
        zone: pulumi.Input<string>;
        host: pulumi.Input<string>;
        port?: pulumi.Input<number>;
        user: pulumi.Input<string>;
        password: pulumi.Input<string>;
    }>;
    promoted?: pulumi.Input<boolean>;
    fenceSource?: pulumi.Input<boolean>;
    onDelete?: pulumi.Input<"stop" | "promote">;
    relinkAfter?: pulumi.Input<string>;
}

/** A link, without a generated SDK: a plain custom resource, with the outputs that this program uses. */
export class StandbyReplication extends pulumi.CustomResource {
    declare public readonly state: pulumi.Output<string>;
    declare public readonly jobId: pulumi.Output<string | undefined>;
    declare public readonly startedAt: pulumi.Output<string | undefined>;

    constructor(name: string, args: StandbyReplicationArgs, options?: pulumi.CustomResourceOptions) {
        const outputs = { state: undefined, jobId: undefined, startedAt: undefined };
        super("qingcloud-mysql-standby:index:StandbyReplication", name, { ...args, ...outputs }, options);
    }
}

/** What getStandbyHealth answers; what is not known is undefined. */
export interface StandbyHealth {
    isLinked: boolean;
    state: string;
    nodes: { id: string; role: string; status: string; health: string }[];
    lagSeconds?: number;
    lagMeasuredAt?: string;
    lagMeter?: string;
    summary: string;
}

/** Whether data arrives on a standby, and how late. It asks QingCloud, in previews too. */
export function getStandbyHealth(args: {
    clusterId: pulumi.Input<string>;
    zone?: pulumi.Input<string>;
    lagMeter?: pulumi.Input<string>;
}): pulumi.Output<StandbyHealth> {
    return pulumi.runtime.invokeOutput("qingcloud-mysql-standby:index:getStandbyHealth", args);
}
