using Writ.Cedar.Tests.Generation;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Values;

public sealed class SetAndRecordTests
{
    [Fact]
    public void Sets_are_equal_when_they_contain_each_other() => Property.Holds(1_000, generate =>
    {
        var elements = Enumerable.Range(0, 12).Select(_ => generate.Value(1)).ToList();
        var set = SetValue.Of(elements);
        var same = SetValue.Of(generate.Shuffled(elements.Concat(elements)));
        Assert.Equal(set, same);
        Assert.Equal(set.GetHashCode(), same.GetHashCode());
        Assert.All(elements, element => Assert.True(set.Contains(element)));
        var fewer = SetValue.Of(set.Elements.Skip(1));
        Assert.NotEqual(set, fewer);
        Assert.True(set.IsSupersetOf(fewer));
        Assert.False(fewer.IsSupersetOf(set));
        Assert.Equal(!fewer.Elements.IsEmpty, set.Overlaps(fewer));
    });

    [Fact]
    public void A_builder_that_is_used_further_changes_no_record_it_made()
    {
        var builder = new RecordBuilder(2).Add("a", 1).Add("b", 2); // full, so that the record takes its memory over
        var (first, again) = (builder.Build(), builder.Build());
        var second = builder.Add("c", 3).Build();
        var third = builder.Add("0", 4).Build();
        Assert.Equal(RecordValue.Of(("a", 1), ("b", 2)), first);
        Assert.Equal(first, again);
        Assert.Equal(["a", "b", "c"], second.Names);
        Assert.Equal(["0", "a", "b", "c"], third.Names);
    }

    [Fact]
    public void A_record_does_not_know_in_which_order_it_was_made() => Property.Holds(500, generate =>
    {
        string[] names = ["", "a", "aa", "b", "\ud800\udc00", "\uffff", "Z"];
        var values = names.Select(_ => generate.Value(1)).ToArray();
        var (there, back) = (new RecordBuilder(names.Length), new RecordBuilder());
        for (var i = 0; i < names.Length; i++)
        {
            there.Add(names[i], values[i]);
            back.Add(names[^(i + 1)], values[^(i + 1)]);
        }

        var (one, two) = (there.Build(), back.Build());
        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.All(names.Zip(values), pair => Assert.True(two.TryGet(pair.First, out var value) && value == pair.Second));
        Assert.NotEqual(one, two = back.Add("more", 1).Build());
        Assert.Throws<ArgumentException>(() => back.Add("a", 1).Build());
    });

    [Fact]
    public void A_name_given_twice_is_found_also_where_all_stand_in_order() =>
        Assert.Throws<ArgumentException>(() => RecordValue.Of(("a", 1), ("b", 2), ("b", 2)));

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(30)]
    public void A_set_drops_what_is_repeated_however_many_elements_it_has(int count)
    {
        var elements = Enumerable.Range(0, count).Select(i => (Value)i).ToArray();
        var set = SetValue.Of([.. elements, .. elements.Reverse()]);
        Assert.Equal(elements, set.Elements);
        Assert.Equal(SetValue.Of(elements.Reverse()), set);
        Assert.NotEqual(SetValue.Of([.. elements.Skip(1), count]), set);
    }

    [Fact]
    public void Values_of_two_types_are_never_equal()
    {
        Value[] values = [0, "0", false, new DecimalValue(0), new DatetimeValue(0), new DurationValue(0), SetValue.Empty, RecordValue.Empty, Cedar.Alice];
        Assert.Equal(values.Length, SetValue.Of(values).Elements.Length);
    }

    [Fact]
    public void Integers_chosen_to_collide_do_not_slow_a_set_down()
    {
        // The framework's hash of a long is the xor of its halves, which is the same for all of these.
        var hostile = Enumerable.Range(0, 1_000).Select(i => ((Value)(((long)i << 32) | (uint)i)).GetHashCode());
        Assert.True(hostile.Distinct().Count() > 990);
    }

    [Fact]
    public void Addresses_chosen_to_collide_do_not_slow_a_set_down()
    {
        var hostile = Enumerable.Range(0, 1_000).Select(i => ((Value)new IpValue(true, ((UInt128)i << 32) | (uint)i, 128)).GetHashCode());
        Assert.True(hostile.Distinct().Count() > 990);
    }

    [Fact]
    public void Records_are_equal_in_any_order_and_find_every_name() => Property.Holds(500, generate =>
    {
        var record = generate.Record(1);
        var builder = new RecordBuilder();
        foreach (var (name, value) in generate.Shuffled(record.Attributes))
            builder.Add(name, value);
        Assert.Equal(record, builder.Build());
        Assert.All(record.Attributes, attribute => Assert.True(record.TryGet(attribute.Key, out var value) && value.Equals(attribute.Value)));
        Assert.False(record.TryGet("nowhere", out _));
    });

    [Fact]
    public void A_name_given_twice_in_code_is_a_bug() =>
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => RecordValue.Of(("a", 1), ("b", 2), ("a", 3))).Message);
}
