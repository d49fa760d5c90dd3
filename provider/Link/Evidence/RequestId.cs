using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>What a call was made for. The numbers are in the <c>req_id</c> of past jobs: they must stay.</summary>
internal enum Purpose
{
    /// <summary>start_standby.</summary>
    Start = 1,

    /// <summary>stop_standby before start_standby: another source, another address, a replacement.</summary>
    StopToStart = 2,

    /// <summary>stop_standby because the resource is deleted.</summary>
    StopToDelete = 3,

    /// <summary>promote_standby because the resource is deleted.</summary>
    PromoteToDelete = 4,

    /// <summary>promote_standby because the program says <c>promoted: true</c>.</summary>
    Promote = 5,

    /// <summary>set_readonly ON on the source, before a promotion.</summary>
    Fence = 6,

    /// <summary>set_readonly OFF on the source, because the promotion was not made.</summary>
    LiftFence = 7,

    /// <summary>set_readonly OFF on the promoted cluster.</summary>
    MakeWritable = 8,
}

/// <summary>A resource as a <c>req_id</c> names it, which has no room for a URN: by 16 bits of a hash of stack and
/// project, and 48 bits of a hash of the whole URN.</summary>
internal sealed record ResourceIdentity(ushort Stack, ulong Resource)
{
    /// <param name="urn">The resource's URN, <c>urn:pulumi:stack::project::type::name</c>.</param>
    public static ResourceIdentity Of(string urn)
    {
        var parts = urn.Split("::", 3);
        return new ResourceIdentity((ushort)Hash($"{parts[0]}::{parts.ElementAtOrDefault(1)}"), Hash(urn));
    }

    private static ulong Hash(string text) =>
        BinaryPrimitives.ReadUInt64BigEndian(Sha256.Of(Encoding.UTF8.GetBytes(text))) >> 16;
}

/// <summary>The <c>req_id</c> that every call of this provider carries which changes something: 32 hexadecimal digits,
/// which QingCloud's own SDK fills with a UUID. This one is a UUID of version 8, the version for everybody's own use,
/// and says whose call it is:
/// <code>
/// bytes  0-3    4-5     6           7     8              9-14      15
///        mark   stack   8, purpose  call  variant, call  resource  call
/// </code>
/// The bytes of the call are random, so that no two calls have the same id.</summary>
internal sealed record RequestId(ResourceIdentity Resource, Purpose Purpose)
{
    private const int Length = 16;
    private const byte Version = 0x80;
    private const byte Variant = 0x80;

    /// <summary>The ASCII letters of <c>qcms</c>, for QingCloud MySQL standby.</summary>
    private const uint Mark = 0x71636D73;

    /// <summary>Writes an id for one call.</summary>
    public string ForOneCall(Random random)
    {
        Span<byte> id = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], Resource.Resource << 8);
        random.NextBytes(id[7..9]);
        random.NextBytes(id[15..]);
        BinaryPrimitives.WriteUInt32BigEndian(id, Mark);
        BinaryPrimitives.WriteUInt16BigEndian(id[4..], Resource.Stack);
        id[6] = (byte)(Version | (int)Purpose);
        id[8] = (byte)(Variant | (id[8] & 0x3F));
        return Convert.ToHexStringLower(id);
    }

    /// <summary>Reads an id; null where it is none of this provider's.</summary>
    public static RequestId? Read(string? text)
    {
        Span<byte> id = stackalloc byte[Length];
        if (
            text?.Length != 2 * Length
            || Convert.FromHexString(text, id, out _, out _) != OperationStatus.Done
            || BinaryPrimitives.ReadUInt32BigEndian(id) != Mark
            || (id[6] & 0xF0) != Version
            || !Enum.IsDefined((Purpose)(id[6] & 0x0F))
        )
        {
            return null;
        }

        var resource = (BinaryPrimitives.ReadUInt64BigEndian(id[8..]) >> 8) & 0xFFFF_FFFF_FFFF;
        return new RequestId(
            new ResourceIdentity(BinaryPrimitives.ReadUInt16BigEndian(id[4..]), resource),
            (Purpose)(id[6] & 0x0F)
        );
    }
}
