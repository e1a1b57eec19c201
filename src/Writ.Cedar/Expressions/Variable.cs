namespace Writ.Cedar.Expressions;

/// <summary>The four variables of a request.</summary>
public enum Variable
{
    /// <summary><c>principal</c>: who acts.</summary>
    Principal,

    /// <summary><c>action</c>: what is done.</summary>
    Action,

    /// <summary><c>resource</c>: to what.</summary>
    Resource,

    /// <summary><c>context</c>: a record of everything else.</summary>
    Context,
}
