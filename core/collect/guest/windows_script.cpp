// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/windows_script.h"

namespace bothways::collect::guest {

// PowerShell 5.1. Enumerations are printed as their .NET names ("$($x.State)"), which no display language changes; every
// list is an array even with one member (ConvertTo-Json unwraps pipelines, so -InputObject @() is used); output is UTF-8.
// Protocol and ICMP types stand in the port filters, not in the rules: one query for all of them, joined by InstanceID.
const char *const windowsFunctions = R"ps(# Bothways: reads this system's network state and prints it. It changes nothing.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
try { [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false } catch { }

function Section([string] $name, [scriptblock] $read) {
    "@@bothways $name begin"
    try {
        ConvertTo-Json -InputObject @(& $read) -Depth 4 -Compress
        "@@bothways $name ok"
    } catch [System.Management.Automation.CommandNotFoundException] {
        "@@bothways $name absent $($_.TargetObject) is not installed"
    } catch {
        $text = ("$($_.Exception.Message)" -replace '\s+', ' ')
        $word = 'failed'
        if ("$($_.CategoryInfo.Category)" -eq 'PermissionDenied' -or $_.Exception -is [System.UnauthorizedAccessException]) {
            $word = 'denied'
        }
        "@@bothways $name $word $text"
    }
}

function Neighbours {
    Section 'neighbours' {
        Get-NetNeighbor | ForEach-Object { [pscustomobject]@{ interface = "$($_.InterfaceAlias)"; address = "$($_.IPAddress)"
            mac = "$($_.LinkLayerAddress)"; state = "$($_.State)" } }
    }
}

function Firewall {
    Section 'firewall-profiles' {
        Get-NetFirewallProfile -PolicyStore ActiveStore | ForEach-Object { [pscustomobject]@{ name = "$($_.Name)"
            enabled = "$($_.Enabled)"; inbound = "$($_.DefaultInboundAction)"; outbound = "$($_.DefaultOutboundAction)"
            inboundRules = "$($_.AllowInboundRules)" } }
    }
    Section 'connection-profiles' {
        Get-NetConnectionProfile | ForEach-Object { [pscustomobject]@{ interface = "$($_.InterfaceAlias)"
            category = "$($_.NetworkCategory)" } }
    }
    Section 'firewall-rules' {
        $remote = @{}
        Get-NetFirewallAddressFilter -PolicyStore ActiveStore | ForEach-Object { $remote["$($_.InstanceID)"] = @($_.RemoteAddress) }
        $icmp = @{}
        Get-NetFirewallPortFilter -PolicyStore ActiveStore | Where-Object { "$($_.Protocol)" -match '^(ICMPv4|ICMPv6|1|58|Any)$' } |
            ForEach-Object { $icmp["$($_.InstanceID)"] = $_ }
        Get-NetFirewallRule -PolicyStore ActiveStore | Where-Object { $icmp.ContainsKey("$($_.InstanceID)") } | ForEach-Object {
            $filter = $icmp["$($_.InstanceID)"]
            [pscustomobject]@{ name = "$($_.Name)"; display = "$($_.DisplayName)"; enabled = "$($_.Enabled)"
                direction = "$($_.Direction)"; action = "$($_.Action)"; profile = "$($_.Profile)"
                protocol = "$($filter.Protocol)"; icmp = @($filter.IcmpType | ForEach-Object { "$_" })
                remote = @($remote["$($_.InstanceID)"] | ForEach-Object { "$_" }); source = "$($_.PolicyStoreSourceType)" }
        }
    }
}
)ps";

const char *const windowsReport = R"ps(
'@@bothways report 1 windows'
Section 'date' { (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ') }
Section 'system' {
    $os = Get-CimInstance Win32_OperatingSystem
    [pscustomobject]@{ name = "$($os.CSName)"; caption = "$($os.Caption)"; version = "$($os.Version)" }
}
Section 'adapters' {
    Get-NetAdapter -IncludeHidden | ForEach-Object { [pscustomobject]@{ index = [int]$_.ifIndex; name = "$($_.Name)"
        mac = "$($_.MacAddress)"; status = "$($_.Status)"; admin = "$($_.AdminStatus)"; media = "$($_.MediaConnectionState)"
        mtu = "$($_.MtuSize)"; driver = "$($_.InterfaceDescription)" } }
}
Section 'addresses' {
    Get-NetIPAddress | ForEach-Object { [pscustomobject]@{ interface = "$($_.InterfaceAlias)"; address = "$($_.IPAddress)"
        length = [int]$_.PrefixLength; state = "$($_.AddressState)" } }
}
Section 'routes' {
    Get-NetRoute | ForEach-Object { [pscustomobject]@{ interface = "$($_.InterfaceAlias)"; destination = "$($_.DestinationPrefix)"
        gateway = "$($_.NextHop)"; metric = [int64]$_.RouteMetric + [int64]$_.InterfaceMetric; protocol = "$($_.Protocol)" } }
}
if (-not $hosts) {
    $chosen = 'gateway'
    try {
        $hosts = @(Get-NetRoute -DestinationPrefix '0.0.0.0/0' | Sort-Object { $_.RouteMetric + $_.InterfaceMetric } |
            Select-Object -First 1 | ForEach-Object { "$($_.NextHop)" })
    } catch { $hosts = @() }
} else { $chosen = 'given' }
'@@bothways target begin'
"$chosen $($hosts -join ' ')"
'@@bothways target ok'
foreach ($address in $hosts) {
    Section "ping:$address" {
        $ping = New-Object System.Net.NetworkInformation.Ping
        foreach ($i in 1..3) {
            $answer = $ping.Send($address, 1000)
            $ttl = 0
            if ($answer.Options) { $ttl = [int]$answer.Options.Ttl }
            [pscustomobject]@{ sequence = $i; status = "$($answer.Status)"; sender = "$($answer.Address)"
                milliseconds = [int64]$answer.RoundtripTime; ttl = $ttl }
        }
    }
    Section "route-get:$address" {
        Find-NetRoute -RemoteIPAddress $address | ForEach-Object { [pscustomobject]@{ interface = "$($_.InterfaceAlias)"
            source = "$($_.IPAddress)"; destination = "$($_.DestinationPrefix)"; gateway = "$($_.NextHop)" } }
    }
}
Firewall
Neighbours
'@@bothways end begin'
'@@bothways end ok'
)ps";

const char *const windowsSnapshot = R"ps(
'@@bothways snapshot 1 windows'
Neighbours
Firewall
'@@bothways end begin'
'@@bothways end ok'
)ps";

} // namespace bothways::collect::guest
