namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>Ids that look like QingCloud's and are the same for the same seed.</summary>
internal sealed class SeededIds(int seed)
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private readonly Random _random = new(seed);

    public string Next(string prefix, int length) => prefix + Word(length);

    private string Word(int length) =>
        string.Create(length, _random, static (word, random) => random.GetItems(Alphabet.AsSpan(), word));
}
