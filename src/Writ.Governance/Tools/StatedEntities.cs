using System.Collections.Immutable;
using System.Text.Json;

namespace Writ.Governance.Tools;

/// <summary>The subjects and resources of an application that people stated, by type and id. Immutable.</summary>
public sealed class StatedEntities
{
    /// <summary>The most entities of one enforcement point.</summary>
    public const int MaxEntities = 10_000;

    private readonly ImmutableDictionary<string, ImmutableSortedDictionary<string, JsonElement>> _byType;

    private StatedEntities(ImmutableDictionary<string, ImmutableSortedDictionary<string, JsonElement>> byType) => _byType = byType;

    /// <summary>None.</summary>
    public static StatedEntities None { get; } = new(ImmutableDictionary<string, ImmutableSortedDictionary<string, JsonElement>>.Empty);

    /// <summary>How many there are.</summary>
    public int Count => _byType.Values.Sum(all => all.Count);

    /// <summary>The ids of a type, in order of their code units.</summary>
    public IEnumerable<string> Of(string type) => _byType.TryGetValue(type, out var all) ? all.Keys : [];

    /// <summary>The properties of an entity: an object; null where it was never stated.</summary>
    public JsonElement? Find(string type, string id) =>
        _byType.TryGetValue(type, out var all) && all.TryGetValue(id, out var properties) ? properties : null;

    /// <summary>These, with entities stated, stated anew or taken back.</summary>
    public StatedEntities With(IEnumerable<StatedEntity> changes)
    {
        var byType = _byType;
        foreach (var entity in changes)
        {
            var all = byType.GetValueOrDefault(entity.Type, ImmutableSortedDictionary.Create<string, JsonElement>(StringComparer.Ordinal));
            byType = byType.SetItem(entity.Type, entity.Properties is { } properties ? all.SetItem(entity.Id, properties) : all.Remove(entity.Id));
        }

        return new StatedEntities(byType);
    }
}
