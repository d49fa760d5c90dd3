using System.Globalization;
using System.Runtime.CompilerServices;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Functions;

/// <summary>
/// Finds the standby links of a zone, so that existing ones can be imported. A cluster counts when it replicates, is being
/// started or was promoted. An answer that stops at its limit ends with a token: the position in the zone's clusters.
/// </summary>
internal static class ListLinks
{
    public static async IAsyncEnumerable<ListedResource> RunAsync(
        IQingCloud cloud, ListRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var zone = await ZoneAsync(cloud, request.Query, cancellationToken);
        var position = Position(request.ContinuationToken);
        var found = 0L;
        var most = request.Limit > 0 ? request.Limit : long.MaxValue;
        var links = new LiveLink(cloud);
        await foreach (var cluster in cloud.ListClustersAsync(zone, position, cancellationToken))
        {
            if (found == most)
            {
                yield return new ListedResource("", "", position.ToString(CultureInfo.InvariantCulture));
                yield break;
            }

            position++;
            var id = new StandbyId(zone, cluster.Id);
            var live = await links.LookAsync(id, "maininstance", known: null, Freshness.Recent, cancellationToken);
            if (live?.Link.Phase is not (null or LinkPhase.None or LinkPhase.Stopped))
            {
                found++;
                yield return new ListedResource(id.ToString(), cluster.Name.Length > 0 ? cluster.Name : cluster.Id);
            }
        }
    }

    private static async Task<string> ZoneAsync(IQingCloud cloud, PropertyMap query, CancellationToken cancellationToken)
    {
        var zone = StandbyInputs.KnownText(query, Names.Zone) ?? await cloud.DefaultZoneAsync(cancellationToken);
        return zone is not null && Pattern.Zone().IsMatch(zone) ? zone : throw new PluginException(
            PluginErrorCode.InvalidArgument, "The query needs a zone such as sh1a, or the provider's zone must be set.");
    }

    private static int Position(string token)
    {
        var position = 0;
        return token.Length == 0 || (int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out position))
            ? position
            : throw new PluginException(PluginErrorCode.InvalidArgument, "The continuation token is not one that this provider gave.");
    }
}
