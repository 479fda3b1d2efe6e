// One network, three subnets: nodes, private endpoints, the database. Names of private endpoints are resolved within it.
param location string
param name string

var zones = {
  vault: 'privatelink.vaultcore.azure.net'
  table: 'privatelink.table.${environment().suffixes.storage}'
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  database: '${name}.private.postgres.database.azure.com'
}

resource nodesRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${name}-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'members'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '7400'
        }
      }
    ]
  }
}

resource closedRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${name}-closed'
  location: location
  properties: {
    securityRules: [
      {
        name: 'not-from-outside'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: ['10.40.0.0/16']
    }
    subnets: [
      {
        name: 'nodes'
        properties: {
          addressPrefix: '10.40.0.0/20'
          networkSecurityGroup: {
            id: nodesRules.id
          }
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.40.16.0/24'
          networkSecurityGroup: {
            id: closedRules.id
          }
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.40.17.0/28'
          networkSecurityGroup: {
            id: closedRules.id
          }
          delegations: [
            {
              name: 'postgres'
              properties: {
                serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers'
              }
            }
          ]
        }
      }
    ]
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for it in items(zones): {
    name: it.value
    location: 'global'
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (it, place) in items(zones): {
    parent: zone[place]
    name: name
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: network.id
      }
    }
  }
]

output name string = network.name
output nodesSubnetId string = '${network.id}/subnets/nodes'
output endpointsSubnetId string = '${network.id}/subnets/endpoints'
output databaseSubnetId string = '${network.id}/subnets/database'
output vaultZoneId string = resourceId('Microsoft.Network/privateDnsZones', zones.vault)
output tableZoneId string = resourceId('Microsoft.Network/privateDnsZones', zones.table)
output blobZoneId string = resourceId('Microsoft.Network/privateDnsZones', zones.blob)
output databaseZoneId string = resourceId('Microsoft.Network/privateDnsZones', zones.database)
