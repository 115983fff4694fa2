"""What each role of an agency serves, under which instrument it is held and which part it gives.

Our own coding.
"""

# role: themes, instruments. A role without a sensible theme has none.
ROLES = {
    'approved-att-vtf-project': (['international-assistance'], ['att']),
    'arms-inventory-data-holder': (['record-keeping', 'stockpile-management'], []),
    'asian-export-control-seminar-organizer': (['regional-cooperation'], []),
    'att-accession-lead': (['universalization'], ['att']),
    'att-accession-workshop': (['universalization'], ['att']),
    'att-announcement': ([], ['att']),
    'att-capacity-donor': (['international-assistance'], ['att']),
    'att-coordination': (['national-coordination-body'], ['att']),
    'att-delegation': (['institutional-governance'], ['att']),
    'att-deliberation': ([], ['att']),
    'att-implementation-lead': (['competent-authority', 'national-control-system'], ['att']),
    'att-negotiation': ([], ['att']),
    'att-parliamentary-engagement': (['universalization'], ['att']),
    'att-reporting': (['reporting-annual', 'reporting-initial'], ['att']),
    'att-vtf-project-counterpart': (['international-assistance'], ['att']),
    'att-working-group': (['national-coordination-body'], ['att']),
    'att-working-group-lead': (['national-coordination-body'], ['att']),
    'att-workshop-co-organizer': (['universalization'], ['att']),
    'att-workshop-host': (['universalization'], ['att']),
    'control-list-custody': (['control-list'], []),
    'counter-terrorism-coordination': (['terrorism-non-state-actors'], []),
    'cwc-national-authority': (['competent-authority', 'wmd-nonproliferation'], ['cwc']),
    'disarmament-division': ([], []),
    'dual-use-licensing': (['dual-use-control'], []),
    'dual-use-support': (['dual-use-control'], []),
    'end-user-certificate-review': (['end-use-certification'], []),
    'enforcement': (['enforcement-criminalisation'], []),
    'export-control-authority': (['competent-authority', 'export-licensing'], []),
    'export-control-partner': (['national-control-system'], []),
    'export-enforcement': (['border-control', 'enforcement-criminalisation'], []),
    'export-licence-minister': (['competent-authority', 'export-licensing'], []),
    'export-licensing-authority': (['competent-authority', 'export-licensing'], []),
    'export-licensing-policy': (['export-licensing'], []),
    'firearms-licensing': (['possession-regulation'], []),
    'firearms-registry': (['possession-regulation', 'record-keeping'], []),
    'import-control-authority': (['import-control'], []),
    'import-licensing-small-arms': (['import-control'], []),
    'international-organizations-department': ([], []),
    'interpol-ncb': (['information-exchange', 'law-enforcement-cooperation'], []),
    'legal-advice-att': (['legislation'], ['att']),
    'maritime-patrol': (['maritime-security'], []),
    'msg-att-workshop-chair': (['regional-cooperation'], ['att']),
    'msg-att-workshop-delegate': (['regional-cooperation'], ['att']),
    'munitions-export-authorisation': (['export-licensing'], []),
    'poa-commission-chair': (['national-coordination-body'], ['unpoa']),
    'poa-coordination': (['national-coordination-body'], ['unpoa']),
    'poa-coordination-partner': (['national-coordination-body'], ['unpoa']),
    'poa-national-point-of-contact': (['national-point-of-contact'], ['unpoa']),
    'poa-parliamentary-workshop': (['awareness-industry-outreach'], ['unpoa']),
    'poa-parliamentary-workshop-host': (['awareness-industry-outreach'], ['unpoa']),
    'presidential-coordination': (['national-coordination-body'], []),
    'ptccc-host': (['law-enforcement-cooperation'], []),
    'ptcn-supporter': (['law-enforcement-cooperation'], []),
    'salw-control': (['national-control-system'], []),
    'salw-gender-seminar': (['women-participation'], []),
    'salw-gender-training-host': (['women-participation'], []),
    'salw-workshop-co-host': (['awareness-industry-outreach'], []),
    'somtc-arms-smuggling-lead-shepherd': (
        ['law-enforcement-cooperation', 'regional-cooperation'], ['asean-poa-transnational-crime']),
    'stockpile-management': (['stockpile-management'], []),
    'strategic-goods-policy': (['dual-use-control'], []),
    'strategic-trade-control-development': (['dual-use-control', 'national-control-system'], []),
    'strategic-trade-coordination': (['dual-use-control', 'national-coordination-body'], []),
    'tcu-training': (['law-enforcement-cooperation'], []),
    'tracing-focal-point': (['national-point-of-contact', 'tracing'], ['iti']),
    'tracing-investigation': (['tracing'], []),
    'transit-control-authority': (['transit-transshipment'], []),
    'treaty-accession-decision': (['universalization'], []),
    'treaty-concurrence': (['universalization'], []),
    'treaty-examination': (['universalization'], []),
    'treaty-negotiation': ([], []),
    'unrcpd-host': (['regional-cooperation'], []),
    'unscr1540-related': (['wmd-nonproliferation'], ['unscr-1540']),
    'unscr1540-training-host': (['international-assistance', 'wmd-nonproliferation'],
                                ['unscr-1540']),
    'weapons-registration': (['record-keeping'], []),
}

# The part that the holder of a role has when a state decides on an instrument: terms of `role_part`.
PARTS = {
    'treaty-accession-decision': 'decides',
    'treaty-concurrence': 'decides',
    'treaty-examination': 'advises',
    'att-accession-lead': 'represents',
    'att-delegation': 'represents',
    'att-negotiation': 'represents',
    'treaty-negotiation': 'represents',
    'att-coordination': 'coordinates',
    'att-working-group-lead': 'coordinates',
    'counter-terrorism-coordination': 'coordinates',
    'poa-commission-chair': 'coordinates',
    'poa-coordination': 'coordinates',
    'presidential-coordination': 'coordinates',
    'strategic-trade-coordination': 'coordinates',
}

# Words of role ids that are not written as they stand.
SPELLINGS = {'att': 'ATT', 'poa': 'PoA', 'vtf': 'VTF', 'cwc': 'CWC', 'msg': 'MSG', 'ncb': 'NCB',
             'interpol': 'INTERPOL', 'ptccc': 'PTCCC', 'ptcn': 'PTCN', 'salw': 'small-arms',
             'somtc': 'SOMTC', 'tcu': 'transnational crime unit', 'unrcpd': 'UNRCPD',
             'unscr1540': 'UNSCR 1540', 'asian': 'Asian', 'co': 'co-'}


def display_name(role):
    """The name of a role for people: `poa-coordination` becomes `PoA coordination`."""
    text = ' '.join(SPELLINGS.get(word, word) for word in role.split('-')).replace('co- ', 'co-')
    return text[:1].upper() + text[1:]
