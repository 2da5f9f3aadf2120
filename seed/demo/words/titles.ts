/** Job titles by what a person does with the product. */
export const titles = {
  user: [
    'Product Manager',
    'Senior Product Manager',
    'Data Analyst',
    'Senior Data Analyst',
    'Growth Manager',
    'UX Researcher',
    'Product Designer',
    'Marketing Analyst',
    'Software Engineer',
    'Customer Insights Analyst',
    'Business Analyst',
    'Experimentation Lead',
  ],
  champion: [
    'Head of Product Analytics',
    'Lead Product Manager',
    'Analytics Manager',
    'Head of Growth',
    'Head of Insights',
  ],
  sponsor: ['Chief Product Officer', 'VP Product', 'Chief Digital Officer', 'Chief Operating Officer', 'VP Growth'],
  decisionMaker: ['Director of Data', 'Director of Product', 'VP Engineering', 'Head of Data', 'Managing Director'],
  admin: ['Data Engineer', 'Analytics Engineer', 'Data Platform Lead', 'IT Systems Manager'],
  billing: ['Accounts Payable', 'Finance Manager', 'Controller', 'Procurement Manager'],
} as const;

/** Departments of product users; a new one that begins is an expansion story. */
export const departments = ['Product', 'Data', 'Growth', 'Engineering', 'Design'] as const;
export const newDepartments = ['Marketing', 'Customer Support', 'Sales Operations', 'Merchandising', 'Mobile'] as const;
