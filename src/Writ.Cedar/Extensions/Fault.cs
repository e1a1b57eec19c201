using Writ.Cedar.Values;

namespace Writ.Cedar.Extensions;

/// <summary>Why an operation has no answer, before it is known where that happened.</summary>
internal sealed record Fault(FaultKind Kind, string Message)
{
    public static Fault WrongType(string expected, Value found) => found is PoisonValue poison
        ? Poisoned(poison)
        : new Fault(FaultKind.WrongType, $"expected {expected}, found {Article(found)}");

    public static Fault Poisoned(PoisonValue poison) => new(FaultKind.Poison, $"read a value that could not be represented ({poison.Reason})");

    private static string Article(Value found) => found is EntityValue entity ? $"an entity of type {entity.TypeName}" : $"a value of type {found.TypeName}";
}
