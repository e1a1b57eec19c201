namespace Writ.Cedar.Compilation;

/// <summary>What a policy's three scopes ask for, each as a number that its <see cref="ScopeDimension"/> gave.</summary>
internal readonly record struct ScopeKey(int Principal, int Action, int Resource);
