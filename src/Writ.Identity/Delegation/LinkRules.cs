using System.Collections.Immutable;

namespace Writ.Identity.Delegation;

/// <summary>
/// What has to hold between a token and the one before it: the invariants I1 to I5 of attenuating agent tokens and, in the same spirit,
/// Writ's own. Signatures are not looked at here. Every rule compares what is signed on one side with what is signed on the other.
/// </summary>
internal static class LinkRules
{
    public static DelegationFault Check(DelegationToken parent, DelegationToken child)
    {
        var (wide, narrow) = (parent.Terms, child.Terms);
        if (child.Issuer != parent.Holder.ThumbprintUri)
            return DelegationFault.WrongHolder;
        if (child.Parent != parent.Hash)
            return DelegationFault.WrongParent;
        if (child.Depth != parent.Depth + 1 || child.Depth > wide.MaxDepth || narrow.MaxDepth > wide.MaxDepth)
            return DelegationFault.WrongDepth;
        if (narrow.Expires > wide.Expires || narrow.IssuedAt < wide.IssuedAt)
            return DelegationFault.WrongLifetime;
        if (narrow.Organization != wide.Organization || narrow.Principal != wide.Principal || (wide.Agreement is not null && narrow.Agreement != wide.Agreement))
            return DelegationFault.OtherPrincipal;
        if (!narrow.Audiences.All(audience => wide.Audiences.Contains(audience)))
            return DelegationFault.WiderAudience;
        if (wide.Spend is { } spend && !spend.Covers(narrow.Spend))
            return DelegationFault.WiderSpend;
        if (wide.Calls is { } calls && !(narrow.Calls <= calls))
            return DelegationFault.WiderCalls;
        if (!wide.DataClasses.IsDefault && !IsWithin(narrow.DataClasses, wide.DataClasses))
            return DelegationFault.WiderData;
        if ((wide.Purpose is not null && narrow.Purpose != wide.Purpose) || (wide.Status is not null && narrow.Status != wide.Status))
            return DelegationFault.OtherPurpose;
        return wide.Tools.Covers(narrow.Tools) ? DelegationFault.None : DelegationFault.WiderTools;
    }

    /// <summary>What a token has to be by itself.</summary>
    public static DelegationFault CheckAlone(DelegationToken token)
    {
        var terms = token.Terms;
        if (token.Depth > terms.MaxDepth || (token.Depth == 0) != (token.Parent is null))
            return DelegationFault.WrongDepth;
        return terms.Expires <= terms.IssuedAt || terms.Expires - terms.IssuedAt > DelegationLimits.MaxLifetime ? DelegationFault.WrongLifetime : DelegationFault.None;
    }

    private static bool IsWithin(ImmutableArray<string> narrow, ImmutableArray<string> wide) => !narrow.IsDefault && narrow.All(one => wide.Contains(one));
}
