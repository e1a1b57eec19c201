namespace Writ.Identity.Dids;

/// <summary>Why a text is not a DID that is taken here.</summary>
public enum DidFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>It does not begin with <c>did:</c> and a method, in lower case.</summary>
    WrongForm,

    /// <summary>Longer than <see cref="Did.MaxLength"/> characters.</summary>
    TooLong,

    /// <summary>Neither <c>did:key</c> nor <c>did:web</c>.</summary>
    UnknownMethod,

    /// <summary>The key of a <c>did:key</c> is not the one text of a sound key of a known kind.</summary>
    WrongKey,

    /// <summary>A host has at least two labels of a-z, 0-9 and hyphen, the last beginning with a letter: no upper case, no address, no user.</summary>
    WrongHost,

    /// <summary>A port is <c>%3A</c> and 1 to 65535 without leading zeros.</summary>
    WrongPort,

    /// <summary>A path segment is one or more of a-z, A-Z, 0-9, dot, hyphen and underscore, and not of dots alone.</summary>
    WrongPath,
}
