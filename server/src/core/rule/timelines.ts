/** The Timeline templates that Kibana brings along, which Elastic's schema allows in rules. */

export interface TimelineTemplate {
  readonly id: string;
  readonly title: string;
}

export const TIMELINE_TEMPLATES: readonly TimelineTemplate[] = [
  { id: "db366523-f1c6-4c1f-8731-6ce5ed9e5717", title: "Generic Endpoint Timeline" },
  { id: "91832785-286d-4ebe-b884-1a208d111a70", title: "Generic Network Timeline" },
  { id: "76e52245-7519-4251-91ab-262fb1a1728c", title: "Generic Process Timeline" },
  { id: "495ad7a7-316e-4544-8a0f-9c098daee76e", title: "Generic Threat Match Timeline" },
  { id: "4d4c0b59-ea83-483f-b8c1-8c360ee53c5c", title: "Comprehensive File Timeline" },
  { id: "e70679c2-6cde-4510-9764-4823df18f7db", title: "Comprehensive Process Timeline" },
  { id: "300afc76-072d-4261-864d-4149714bf3f1", title: "Comprehensive Network Timeline" },
  { id: "3e47ef71-ebfc-4520-975c-cb27fc090799", title: "Comprehensive Registry Timeline" },
  { id: "3e827bab-838a-469f-bd1e-5e19a2bff2fd", title: "Alerts Involving a Single User Timeline" },
  { id: "4434b91a-94ca-4a89-83cb-a37cdc0532b7", title: "Alerts Involving a Single Host Timeline" },
];

export function templateOfId(id: string): TimelineTemplate | undefined {
  return TIMELINE_TEMPLATES.find((template) => template.id === id);
}

export function templateOfTitle(title: string): TimelineTemplate | undefined {
  return TIMELINE_TEMPLATES.find((template) => template.title === title);
}
