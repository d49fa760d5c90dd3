using QingCloudMySqlStandby.Simulator.CommandLine;

return await new SimulatorCommand().Parse(args).InvokeAsync();
