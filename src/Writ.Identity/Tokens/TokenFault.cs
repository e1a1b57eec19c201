namespace Writ.Identity.Tokens;

/// <summary>Why a text is not a token. None of it says whether such a token was ever issued.</summary>
public enum TokenFault
{
    /// <summary>It is a token.</summary>
    None,

    /// <summary>It does not have <see cref="PresentedToken.TextLength"/> characters: cut short, or with something around it.</summary>
    WrongLength,

    /// <summary>It does not begin with <c>agk_</c>, <c>wpt_</c>, <c>wtt_</c>, <c>epk_</c>, <c>wss_</c>, <c>wet_</c> or <c>wae_</c>.</summary>
    UnknownKind,

    /// <summary>A character that cannot stand where it does.</summary>
    WrongCharacter,

    /// <summary>The checksum does not match: mistyped, or never a token.</summary>
    WrongChecksum,
}
