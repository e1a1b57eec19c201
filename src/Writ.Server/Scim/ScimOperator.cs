namespace Writ.Server.Scim;

/// <summary>How a filter compares (RFC 7644, section 3.4.2.2).</summary>
internal enum ScimOperator
{
    Equal,
    NotEqual,
    Contains,
    StartsWith,
    EndsWith,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}
