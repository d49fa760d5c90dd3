namespace QingCloudMySqlStandby.EndToEnd.Tests.Runbook;

/// <summary>Plays all scenes at once, a few at a time: each has a cloud and a state of its own, and mostly
/// waits.</summary>
public sealed class PlayedScenes : IDisposable
{
    private const int AtOnce = 4;

    private readonly SemaphoreSlim _stage = new(AtOnce);
    private readonly Dictionary<string, Task> _plays;

    public PlayedScenes() =>
        _plays = RunbookText.Read().ToDictionary(scene => scene.Name, PlayAsync, StringComparer.Ordinal);

    public Task Of(string scene) => _plays[scene];

    public void Dispose() => _stage.Dispose();

    private async Task PlayAsync(Scene scene)
    {
        await _stage.WaitAsync();
        try
        {
            await ScenePlay.PlayAsync(scene);
        }
        finally
        {
            _stage.Release();
        }
    }
}
