using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using QingCloudMySqlStandby.Simulator;

namespace QingCloudMySqlStandby.Histories.Scripts;

/// <summary>Draws scripts: programs that are edited and run, while other users act and much goes wrong. A rule has
/// alternatives, each with a weight in front; <c>{rule}</c> stands for one of its alternatives, <c>{1..9}</c> for a
/// number.</summary>
internal sealed class Generator(Random random)
{
    private const int MostSteps = 14;

    private static readonly Dictionary<string, (int Weight, string Words)[]> Grammar = Read(
        """
        inputs: 1 cluster={near} source={far} way={way} host={host} user={1..2} password={1..3} onDelete={end} fence={bool}
        near: 1 A | 1 B
        far: 1 S | 1 T
        begin: 5 set x{edits}; up | 2 {switchover} | 2 set x{edits} | 2 set x{edits}; set y cluster=B{edits}; up | 1 set x; set y {chain}; up | 1 set x; up; {act} | 1 {act}; wait {time}; set x{edits}
        switchover: 1 set x{edits}; up{written}{kept}{trouble}; set x promoted=true{fences}; up{halfway}{between}; {after}
        written: 1 | 1 ; write S every=5s | 1 ; write S
        kept: 6 | 1 ; console read-only {cluster}; wait 1m
        fences: 6 | 1  fence=false | 2  limit=10m
        trouble: 3 | 2 ; fault {call} | 2 ; fault job={plan},service={halves} | 2 ; takes {halves} {duration} | 2 ; lag A {moment}
        halves: 1 set_readonly | 1 promote_standby
        halfway: 3 | 3  cancel={moment} | 3  kill={6..20}-{side} | 1  kill-plugin={6..20}-{side}
        between: 4 | 1 ; wait {time} | 1 ; {act} | 1 ; refresh
        after: 3 up | 3 set x promoted=false; up{halfway} | 1 destroy | 1 set x{edit}; up | 1 drop x; up | 1 set x cluster=B; up
        chain: 2 cluster=B source=A | 2 cluster=S source=A | 1 cluster=S source=T | 1 cluster=T source=S after=x
        step: 9 up{mode}{break} | 2 refresh{looks}{break} | 1 preview{looks} | 1 destroy{removes}{break} | 1 import {name} {standby}{short} | 6 set {name}{edit}{edits} | 1 drop {name} | 2 {rename} | 2 state taint {name} | 1 stack {stack} | 6 {act} | 4 fault {call} | 4 fault job={plan},service={service} | 2 takes {service} {duration} | 3 wait {time} | 2 write {cluster}{writes} | 1 lag {standby} {moment} | 1 {rare}
        rare: 1 zone {zone} | 1 foreign true | 2 foreign false | 1 state strip {name} | 1 state delete {name} | 1 state move {name} {stack}

        name: 5 x | 1 y
        stack: 3 dev | 1 prod
        zone: 1 sh1a | 1 pek3a
        standby: 8 A | 2 B | 1 S | 1 T
        source: 6 S | 3 T | 1 A | 1 B | 1 E
        cluster: 3 A | 1 B | 3 S | 1 T

        edits: 5 | 3 {edit} | 1 {edit}{edit}
        edit: 2  cluster={standby} | 5  source={source} | 3  way={way} | 3  host={host} | 1  user={1..2} | 4  password={1..3} | 6  promoted={bool} | 1  fence={bool} | 2  onDelete={end} | 5  relink={relink} | 1  zone={spelled} | 6  {option}
        way: 1 full | 1 increment
        host: 3 1 | 3 2 | 1 1U
        bool: 3 true | 2 false
        end: 1 stop | 2 promote
        relink: 4 last | 2 start | 4 now | 1 old | 1 future | 3 none
        spelled: 1 own | 3 none
        option: 3 deleteFirst={bool} | 2 provider={instance} | 1 retain={bool} | 2 trigger={1..3} | 1 with={other} | 1 after={other} | 2 import={spelling} | 1 get={bool} | 1 retries={0..2} | 3 limit={limit} | 1 password=placeholder
        instance: 2 p | 1 none
        other: 2 x | 1 none
        spelling: 1 full | 1 short | 2 none
        limit: 2 1s | 1 1m | 2 10m | 2 none

        mode: 6 | 2  preview=true | 3  refresh=true | 2  preview=true refresh=true | 2  replace={name} | 1  target={name} | 1  goes-on=true
        looks: 3 | 1  program=true | 1  target={name}
        removes: 3 | 2  program=true | 1  refresh=true | 1  goes-on=true
        break: 6 | 3  cancel={moment} | 2  kill={1..14}-{side} | 1  kill-plugin={1..12}-{side}
        side: 1 before | 1 after
        short: 1 | 1  short=true
        rename: 2 rename x y alias=true | 1 rename x y | 1 rename y x alias=true | 1 rename y x | 1 state rename x y | 1 state rename y x

        act: 6 {user} {link} | 2 {life}
        user: 5 console{later} | 2 script{later}{key}
        key: 1 | 1  key=own
        later: 2 | 1  later={moment}
        link: 4 promote {standby} | 4 stop {standby} | 3 start {standby} {source}{how} | 2 change {standby} {source}{how} | 1 read-only {cluster} | 1 writable {cluster}
        how: 3 | 1  way=increment
        life: 3 {agent} stop-cluster {cluster} | 3 {agent} start-cluster {cluster} | 1 {agent} suspend {cluster} | 1 {agent} resume {cluster} | 1 console delete {cluster} | 2 console recover {cluster} | 1 platform cut {standby}
        agent: 2 console{later} | 2 timer{later} | 1 platform{later}
        writes: 2 | 1  later={moment} | 2  every={seconds}
        seconds: 1 5s | 1 60s | 1 1h
        moment: 3 {0..8000}ms | 2 {5..300}s | 1 {5..500}m
        time: 2 1m | 2 10m | 2 55m | 2 70m | 2 26h | 2 192h | 1 720h

        plan: 2 failed,codes=4711 | 1 done-with-failure,codes=4712 | 2 failed,effect=true | 2 done-with-failure,effect=true | 2 successful,duration=30h | 1 successful,hidden=20s | 2 successful,vanishes=3m
        service: 4 start_standby | 2 stop_standby | 2 promote_standby | 2 set_readonly
        duration: 1 1s | 2 10s | 2 40s | 2 3m | 1 40m | 1 2h | 1 8h
        call: 3 {cut}{where} | 2 {gateway}{where} | 2 ret={code}{where} | 1 {again}{where} | 1 {body}{where} | 1 slow={slow}{where} | 1 skew={skew}
        cut: 1 cut,when=before | 2 cut,when=after | 1 silent,when=before | 2 silent,when=after
        gateway: 1 http=502,when=before | 2 http=502,when=after | 1 http=404,when=before
        code: 1 5000,when=before | 1 5000,when=after | 1 5100,when=before | 1 5100,when=after | 1 1400,when=before
        again: 1 ret=5300 | 1 ret=1300 | 2 try-later | 1 rate-limit
        body: 1 garbage | 1 half | 1 truncated | 1 deep=5000
        slow: 1 5s | 1 20s | 1 45s
        skew: 1 90s | 1 -90s | 1 50s
        where: 2 {often} | 3 ,action=RunClusterCustomService{often} | 2 ,action=DescribeJobs{often} | 1 ,action=DescribeClusters{often} | 1 ,service={service}
        often: 4 | 1 ,times=2 | 1 ,times=4 | 2 ,skip=1 | 1 ,skip=3
        """
    );

    /// <summary>Draws a script.</summary>
    /// <param name="theme">Steps, or rules, that the script has in this order, with others between them; null: any
    /// script.</param>
    public Script Draw(string? theme = null)
    {
        var steps = new List<string>();
        var isWorldGiven = theme?.StartsWith("knobs", StringComparison.Ordinal) == true;
        if (!isWorldGiven && Knobs.Draw(random).ToString() is { Length: > 0 } knobs)
            steps.Add("knobs " + knobs);

        foreach (var step in (theme ?? "{begin}").Split(';', StringSplitOptions.TrimEntries))
        {
            steps.Add(Expand(step));
            if (theme is not null && random.Next(6) == 0)
                steps.Add(Expand("{step}"));
        }

        var others = theme is null ? random.Next(2, MostSteps) : random.Next(3);
        steps.AddRange(Enumerable.Range(0, others).Select(_ => Expand("{step}")));
        string[] wishes = ["relink", "relink", "accept", "import", "remove"];
        steps.Add("calm " + wishes[random.Next(wishes.Length)]);
        return Script.Parse(string.Join("; ", steps));
    }

    /// <summary>The words with each rule in them replaced by one of its alternatives.</summary>
    public string Expand(string words)
    {
        var (expanded, from) = (new StringBuilder(), 0);
        for (var open = words.IndexOf('{', 0); open >= 0; open = words.IndexOf('{', from))
        {
            var close = words.IndexOf('}', open);
            expanded.Append(words, from, open - from).Append(Choose(words[(open + 1)..close]));
            from = close + 1;
        }

        return expanded.Append(words, from, words.Length - from).ToString();
    }

    private string Choose(string rule)
    {
        if (rule.Split("..") is [var low, var high])
        {
            var (first, last) = (
                int.Parse(low, CultureInfo.InvariantCulture),
                int.Parse(high, CultureInfo.InvariantCulture)
            );
            return random.Next(first, last + 1).ToString(CultureInfo.InvariantCulture);
        }

        var alternatives = Grammar[rule];
        var drawn = random.Next(alternatives.Sum(each => each.Weight));
        var index = 0;
        while ((drawn -= alternatives[index].Weight) >= 0)
            index++;

        return Expand(alternatives[index].Words);
    }

    private static Dictionary<string, (int, string)[]> Read(string grammar) =>
        grammar
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2))
            .ToDictionary(
                rule => rule[0],
                rule => rule[1].Split(" | ").Select(Alternative).ToArray(),
                StringComparer.Ordinal
            );

    private static (int Weight, string Words) Alternative(string text)
    {
        var end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end < 0
            ? (int.Parse(text, CultureInfo.InvariantCulture), "")
            : (int.Parse(text.AsSpan(0, end), CultureInfo.InvariantCulture), text[(end + 1)..]);
    }
}
