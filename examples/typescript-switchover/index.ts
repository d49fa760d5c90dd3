import * as pulumi from "@pulumi/pulumi";
import { StandbyReplication } from "./standbyReplication";

// Each step is a small edit of the program. Here all steps are in one file, and the configuration says which one the
// program is at: `pulumi config set step 2`. README.md shows them as edits.
enum Step {
    /** The orders run in pek3a; sh1a follows. */
    Linked = 1,
    /** The orders run in sh1a. */
    SwitchedOver = 2,
    /** The orders run in sh1a; pek3a follows. */
    FailingBack = 3,
    /** The orders run in pek3a again. */
    FailedBack = 4,
    /** The orders run in pek3a; sh1a follows again. */
    Home = 5,
}

const config = new pulumi.Config();
const step: Step = config.getNumber("step") ?? Step.Linked;
const password = config.requireSecret("migrationPassword");

const dr = new StandbyReplication(
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
            password,
        },

        // Edit 1: the standby becomes the primary. fenceSource, true by default, makes the source read-only first.
        promoted: step === Step.SwitchedOver || step === Step.FailingBack || step === Step.FailedBack,

        // Edit 4 takes that back, and consents to overwrite what was written since that job.
        relinkAfter: step === Step.Home ? config.require("relinkAfter") : undefined,
    },
    { customTimeouts: { create: "6h" } },
);

export const ordersDr = dr.state;
export const ordersDrJob = dr.jobId;

// Edit 2: the old primary follows the new one. Edit 3 promotes it; edit 4 removes the link.
export const ordersBack =
    step === Step.FailingBack || step === Step.FailedBack
        ? new StandbyReplication(
              "orders-back",
              {
                  clusterId: "cl-9np7ig3g",
                  zone: "pek3a",
                  syncWay: "increment",
                  source: {
                      clusterId: "cl-ouhutv70",
                      zone: "sh1a",
                      host: "192.168.10.17",
                      user: "migrate_user",
                      password,
                  },
                  promoted: step === Step.FailedBack,
              },
              // Not before the new primary has been promoted: the two must never follow each other.
              { dependsOn: dr },
          ).state
        : undefined;
