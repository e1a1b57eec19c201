using Writ.Cedar.Entities;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Entities;

public sealed class EntityStoreTests
{
    private static EntityUid Uid(string id) => new("T", id);

    private static Entity In(string id, params string[] parents) => new(Uid(id), parents.Select(Uid));

    [Fact]
    public void Membership_reaches_through_all_parents_also_those_that_do_not_exist()
    {
        var store = Cedar.Store(In("a", "b", "c"), In("b", "d"), In("c"), In("d", "ghost"));
        Assert.All(["a", "b", "c", "d", "ghost"], container => Assert.True(store.IsIn(Uid("a"), Uid(container))));
        Assert.False(store.IsIn(Uid("b"), Uid("c")));
        Assert.False(store.IsIn(Uid("ghost"), Uid("d")));
        Assert.True(store.IsIn(Uid("nobody"), Uid("nobody")));
        Assert.False(store.IsIn(Uid("nobody"), Uid("a")));
    }

    [Fact]
    public void A_cycle_of_parents_is_refused()
    {
        Assert.Contains("T::\"a\" is in itself", Refusal(In("a", "b"), In("b", "c"), In("c", "a")));
        Assert.Contains("is in itself", Refusal(In("a", "a")));
    }

    [Fact]
    public void Two_different_entities_of_one_identity_are_refused_and_the_same_one_twice_is_not()
    {
        Assert.Contains("T::\"a\"", Refusal(In("a"), In("a", "b")));
        Assert.Equal(1, Cedar.Store(In("a", "b", "c"), In("a", "c", "b")).Count);
    }

    [Fact]
    public void An_entity_in_too_many_others_is_refused()
    {
        Assert.Contains("more than 10000", Assert.IsType<EntityStoreResult.Refused>(EntityStore.Create([In("0", [.. Enumerable.Range(1, 10_001).Select(i => $"{i}")])])).Reason);
        Assert.True(EntityStore.Create([In("0", [.. Enumerable.Range(1, 10_000).Select(i => $"{i}")])]).TryGet(out _, out _));
    }

    [Fact]
    public void A_layer_adds_entities_and_leaves_the_store_below_as_it_was()
    {
        var below = Cedar.Store(In("team", "org"));
        var layered = With(below, In("agent", "team"), In("task", "agent"));
        Assert.True(layered.IsIn(Uid("task"), Uid("org")));
        Assert.True(layered.IsIn(Uid("team"), Uid("org")));
        Assert.True(layered.TryGet(Uid("team"), out _));
        Assert.Equal((3, 1), (layered.Count, below.Count));
        Assert.False(below.TryGet(Uid("agent"), out _));
        Assert.Equal(3, layered.Entities.Count());
    }

    [Fact]
    public void A_layer_may_define_what_the_store_below_only_mentions()
    {
        var below = Cedar.Store(In("a", "middle"), In("top", "roof"));
        var layered = With(below, In("middle", "top"));
        Assert.True(layered.IsIn(Uid("a"), Uid("roof")));
        Assert.False(below.IsIn(Uid("a"), Uid("top")));
        var twice = With(With(Cedar.Store(In("a", "b")), In("b", "c")), In("c", "d"));
        Assert.True(twice.IsIn(Uid("a"), Uid("d")));
    }

    [Fact]
    public void A_layer_can_neither_redefine_an_entity_nor_close_a_cycle()
    {
        var below = Cedar.Store(In("a", "b"));
        Assert.Contains("two different entities", Assert.IsType<EntityStoreResult.Refused>(below.With(new Entity(Uid("a"), null, RecordValue.Of(("admin", true))))).Reason);
        Assert.Contains("is in itself", Assert.IsType<EntityStoreResult.Refused>(below.With(In("b", "a"))).Reason);
        Assert.True(below.With(In("a", "b")).TryGet(out _, out _));
    }

    [Theory]
    [InlineData("User")]
    [InlineData("A::B::_c1")]
    [InlineData("principal")]
    public void A_type_name_is_read(string name) => Assert.Equal(name, EntityTypeName.Parse(name).Value);

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a-b")]
    [InlineData("a b")]
    [InlineData("a::")]
    [InlineData("::a")]
    [InlineData("a:b")]
    [InlineData("a::::b")]
    [InlineData("in")]
    [InlineData("a::if::b")]
    [InlineData("__cedar::Long")]
    [InlineData("\u00e9")]
    public void What_is_no_type_name_is_refused(string name) => Assert.False(EntityTypeName.TryParse(name, out _));

    private static string Refusal(params Entity[] entities) => Assert.IsType<EntityStoreResult.Refused>(EntityStore.Create(entities)).Reason;

    private static EntityStore With(EntityStore store, params Entity[] entities) => Assert.IsType<EntityStoreResult.Built>(store.With(entities)).Store;
}
