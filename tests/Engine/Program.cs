using System.CommandLine;
using QingCloudMySqlStandby.Engine.Cli;

using var interrupts = new Interrupts();
return await new EngineCommand(interrupts)
    .Parse(args)
    .InvokeAsync(
        new InvocationConfiguration
        {
            // The engine ends by itself after an interrupt, when its providers have answered.
            ProcessTerminationTimeout = null,
        }
    );
