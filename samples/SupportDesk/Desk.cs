namespace SupportDesk;

/// <summary>The state of the desk and what can be done with it. Not thread safe: calls are served one after the other.</summary>
internal sealed class Desk(DateTimeOffset opened)
{
    private readonly SortedDictionary<string, Customer> _customers = new(DeskData.Customers().ToDictionary(c => c.Id), StringComparer.Ordinal);
    private readonly SortedDictionary<string, Order> _orders = new(DeskData.Orders(opened).ToDictionary(o => o.Id), StringComparer.Ordinal);
    private readonly Dictionary<string, Mail> _mails = DeskData.Mails().ToDictionary(m => m.Id);

    public Order GetOrder(string id) =>
        _orders.GetValueOrDefault(id) ?? throw new DeskException($"there is no order {id}");

    public IReadOnlyList<Order> SearchOrders(string? customerId, string? status, int limit) =>
        [.. _orders.Values.Reverse().Where(o => (customerId ?? o.CustomerId) == o.CustomerId && (status ?? o.Status) == o.Status).Take(limit)];

    public Customer GetCustomer(string id) =>
        _customers.GetValueOrDefault(id) ?? throw new DeskException($"there is no customer {id}");

    public Mail ReadMail(string id) =>
        _mails.GetValueOrDefault(id) ?? throw new DeskException($"there is no mail {id}");

    public Order RefundOrder(string id, decimal amount)
    {
        var order = GetOrder(id);
        if (amount <= 0 || decimal.Round(amount, 2) != amount)
            throw new DeskException($"an amount is above zero and has at most two decimal places, not {amount}");
        if (order.Refunded + amount > order.Total)
            throw new DeskException($"{id} cost {order.Total} and {order.Refunded} of it was refunded already: {amount} is too much");
        return _orders[id] = order with { Refunded = order.Refunded + amount };
    }

    public Customer UpdateCustomer(string id, string? status, string? email)
    {
        var customer = GetCustomer(id);
        return _customers[id] = customer with { Status = status ?? customer.Status, Email = email ?? customer.Email };
    }

    public int DeleteCustomers(IReadOnlyCollection<string> ids, string? status)
    {
        var doomed = _customers.Values.Where(c => ids.Contains(c.Id) || c.Status == status).Select(c => c.Id).ToArray();
        foreach (var id in doomed)
            _customers.Remove(id);
        return doomed.Length;
    }

    public IReadOnlyList<Customer> ExportCustomers(int limit) => [.. _customers.Values.Take(limit)];
}
