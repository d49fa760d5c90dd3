using QingCloudMySqlStandby.Simulator.Cli;

return await new SimulatorCommand().Parse(args).InvokeAsync();
