using 'main.bicep'

// The groups of your directory: az ad group show --group NAME --query id
param administratorsGroupId = '00000000-0000-0000-0000-000000000000'
param custodiansGroupId = '00000000-0000-0000-0000-000000000000'
