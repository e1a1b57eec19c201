using System.Collections.Frozen;
using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Schemas;

/// <summary>
/// A schema with all names resolved: which entity types and actions there are, and what each is like. Immutable and safe for any number
/// of readers.
/// </summary>
public sealed class Schema
{
    /// <summary>How many types one type may be built of when its aliases are written out; more is refused.</summary>
    public const int MaxTypeSize = 10_000;

    /// <summary>How deep types may nest when aliases are written out; more is refused. Tested not to exhaust a thread's stack of 1 MiB, unoptimized.</summary>
    public const int MaxTypeHeight = 300;

    /// <summary>How many pairs of a type (or action) and one that it is in, directly or not, a schema may have; more is refused.</summary>
    public const int MaxAncestry = 1_000_000;

    internal Schema(FrozenDictionary<EntityTypeName, SchemaEntityType> entityTypes, FrozenDictionary<EntityUid, SchemaAction> actions)
    {
        EntityTypes = entityTypes;
        Actions = actions;
        ActionTypes = actions.Keys.Select(uid => uid.Type).ToFrozenSet();
        OrderedActions = [.. actions.Values.OrderBy(action => action.Uid.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>The schema that declares nothing.</summary>
    public static Schema Empty { get; } = new(FrozenDictionary<EntityTypeName, SchemaEntityType>.Empty, FrozenDictionary<EntityUid, SchemaAction>.Empty);

    /// <summary>The entity types by full name; the types of actions are not among them.</summary>
    public IReadOnlyDictionary<EntityTypeName, SchemaEntityType> EntityTypes { get; }

    /// <summary>The actions, groups included.</summary>
    public IReadOnlyDictionary<EntityUid, SchemaAction> Actions { get; }

    internal FrozenSet<EntityTypeName> ActionTypes { get; }

    /// <summary>The actions in the order of their names.</summary>
    internal ImmutableArray<SchemaAction> OrderedActions { get; }

    /// <summary>Reads and resolves the text form (<c>.cedarschema</c>).</summary>
    public static ParseResult<Schema> Parse(string text, ParseOptions? options = null) => Resolved(SchemaDocument.Parse(text, options));

    /// <summary>Reads and resolves the text form (<c>.cedarschema</c>) from UTF-8.</summary>
    public static ParseResult<Schema> Parse(ReadOnlySpan<byte> utf8, ParseOptions? options = null) => Resolved(SchemaDocument.Parse(utf8, options));

    /// <summary>
    /// Resolves documents that refer to each other. Refused: a name that stands for nothing, a name declared twice, a name of the empty
    /// namespace that another namespace declares too (RFC 70), common types or actions that hold themselves, and what exceeds a limit.
    /// </summary>
    public static ParseResult<Schema> Create(params IEnumerable<SchemaDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return new SchemaResolver([.. documents.SelectMany(document => document.Namespaces)]).Resolve();
    }

    private static ParseResult<Schema> Resolved(ParseResult<SchemaDocument> read) =>
        read.TryGet(out var document, out var problems) ? Create(document) : new ParseResult<Schema>.Failure(problems);
}
