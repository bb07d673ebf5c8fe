using System.Net;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Crash;

namespace Latchkey.Nodes;

/// <content>What sold apps ask.</content>
internal sealed partial class Traffic
{
    private const int Devices = Shop.ActivationLimit + 2; // more than a license takes

    private async Task ActivateAsync(Random dice)
    {
        if ((dice.Next(2) == 0 ? ledger.AnyLicensed(dice) : ledger.AnySale(dice)) is not { } sale || (sale.License ?? await FindAsync(sale, dice)) is not { } license)
        {
            return; // nothing is folded yet
        }

        var device = DeviceHash(dice.Next(Devices));
        var answer = await Any(dice).ActivateAsync(license.Key, device);
        switch ((int)answer.Status)
        {
            case 200 or 201:
                ledger.Activated(license.Id, device, answer.Body!["activation"]!["id"]!.ToString());
                Interlocked.Increment(ref _activations);
                break;
            case 409:
            case 403 when sale.IsRefunded:
                break;
            case 404:
                ledger.Lost.Enqueue($"the key of {license.Id} is not known any more");
                break;
            case var status when !IsBusy(answer):
                ledger.Wrong.Enqueue($"activating {license.Id} was answered {status}");
                break;
        }
    }

    private async Task ValidateAsync(Random dice)
    {
        if (ledger.AnyLicensed(dice) is not { License: { } license } sale)
        {
            return;
        }

        var answer = await Any(dice).ValidateAsync(license.Key, DeviceHash(dice.Next(Devices)));
        if (answer.Status == HttpStatusCode.OK)
        {
            Interlocked.Increment(ref _validations);
            if (answer.Text("code") is "license_not_found" or "not_found")
            {
                ledger.Lost.Enqueue($"the key of {license.Id} is not known any more");
            }
        }
        else if (!IsBusy(answer) && !sale.IsRefunded)
        {
            ledger.Wrong.Enqueue($"validating {license.Id} was answered {(int)answer.Status}");
        }
    }

    private async Task<(string Id, string Key)?> FindAsync(Sale sale, Random dice)
    {
        var shop = Any(dice);
        var found = await shop.PageAsync($"licenses?email={Uri.EscapeDataString(sale.Email)}");
        if (found.Count > 1)
        {
            ledger.Doubled.Enqueue($"{found.Count} licenses for one buyer of one sale");
        }

        if (found.Count == 0)
        {
            return null;
        }

        var id = found[0]!["id"]!.ToString();
        ledger.See(sale, id, await shop.RevealAsync(id));
        return sale.License;
    }

    private static string DeviceHash(int device) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"dev1|{Shop.Product}|device {device}"))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
